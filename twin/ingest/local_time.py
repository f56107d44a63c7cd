"""Local wall-clock time → UTC, with the hours that occur twice or never decided by rule or not at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from twin.ingest.mapping import Ambiguous, Nonexistent

Times = NDArray[np.int64]

HOUR_US = 3_600_000_000
DAY_US = 24 * HOUR_US
CONSTANT_SPAN_DAYS = 400
"""Longest stretch whose days are looked at one by one to see whether the offset ever changes."""

KNOWN, AMBIGUOUS, NONEXISTENT = 0, 1, 2
"""Status of a converted time."""


def to_utc(
    local_us: Times, zone: str, *, ambiguous: Ambiguous, nonexistent: Nonexistent, previous_us: int | None
) -> tuple[Times, NDArray[np.uint8]]:
    """Wall-clock times of one signal, in order of the file, as UTC.

    Args:
        local_us: Wall-clock microseconds since 1970-01-01 00:00 local, shape [N].
        zone: IANA name.
        ambiguous: ORDER decides an hour that occurs twice by the reading before: it continues within an hour, or the
            clock jumped back. Where neither holds, the time stays undecided.
        nonexistent: SHIFT reads a skipped hour as if the clock had not been put forward.
        previous_us: UTC time of the reading before the first, None where there is none.
    Returns: UTC microseconds [N] and status [N]: KNOWN, AMBIGUOUS (undecided) or NONEXISTENT.
    """
    status = np.zeros(len(local_us), np.uint8)
    constant = _constant_offset_us(local_us, zone)
    if constant is not None:
        return local_us - constant, status
    first, second = _both(local_us, zone)
    gap = _wall_us(first, zone) != local_us
    if nonexistent is Nonexistent.SHIFT:
        first[gap] += local_us[gap] - _wall_us(first[gap], zone)
    else:
        status[gap] = NONEXISTENT
    twice = ~gap & (first != second)
    utc = np.where(twice & (ambiguous is Ambiguous.SECOND), second, first)
    if ambiguous is Ambiguous.ORDER and twice.any():
        _decide_by_order(utc, second, twice, status, previous_us)
    elif ambiguous is Ambiguous.QUARANTINE:
        status[twice] = AMBIGUOUS
    return utc, status


def _constant_offset_us(local_us: Times, zone: str) -> int | None:
    """The zone's offset from UTC where it never changes around these times, else None."""
    if len(local_us) == 0 or zone == "UTC":
        return 0
    low, high = int(local_us.min()) - DAY_US, int(local_us.max()) + DAY_US
    days = (high - low) // DAY_US + 2
    if days > CONSTANT_SPAN_DAYS:
        return None
    start, rules = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=low), ZoneInfo(zone)
    offsets = {(start + timedelta(days=day)).astimezone(rules).utcoffset() for day in range(days)}
    only = offsets.pop()
    return None if offsets or only is None else only // timedelta(microseconds=1)


def _both(local_us: Times, zone: str) -> tuple[Times, Times]:
    wall = pa.array(local_us).cast(pa.timestamp("us"))

    def resolved(choice: str) -> Times:
        zoned = pc.assume_timezone(wall, zone, ambiguous=choice, nonexistent="earliest")
        return np.array(zoned.cast(pa.int64()))

    return resolved("earliest"), resolved("latest")


def _wall_us(utc_us: Times, zone: str) -> Times:
    zoned = pa.array(utc_us).cast(pa.timestamp("us", "UTC")).cast(pa.timestamp("us", zone))
    return np.array(pc.local_timestamp(zoned).cast(pa.int64()))


def _decide_by_order(
    utc: Times, second: Times, twice: NDArray[np.bool_], status: NDArray[np.uint8], previous_us: int | None
) -> None:
    """Choose the pass of each doubled hour by the reading before; `utc` arrives holding the first pass."""
    known = previous_us
    for index in np.flatnonzero(twice):
        if index > 0 and not twice[index - 1] and status[index - 1] == KNOWN:
            known = int(utc[index - 1])
        if known is not None and 0 <= utc[index] - known <= HOUR_US:
            known = int(utc[index])
        elif known is not None and utc[index] < known <= second[index]:
            known = int(second[index])
            utc[index] = known
        else:
            status[index] = AMBIGUOUS
