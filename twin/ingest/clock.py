"""The time column of a log → UTC microseconds, and which rows have no usable time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from twin.ingest.mapping import TimeRule
from twin.ingest.numbers import plain_numbers
from twin.ingest.time_units import EPOCH, MICROSECONDS

FRACTION = r"^(?P<whole>.*?)[.,](?P<fraction>\d{1,9})$"


@dataclass(frozen=True)
class WallClock:
    """Times as the log tells them.

    Attributes: time_us [N], microseconds since 1970, of UTC where `is_utc` [N], else of the local wall clock; readable
    [N], False where the text is no time.
    """

    time_us: NDArray[np.int64]
    is_utc: NDArray[np.bool_]
    readable: NDArray[np.bool_]


def read_clock(column: pa.Array, rule: TimeRule, *, origin_us: int | None, decimal: str = ".") -> WallClock:
    """Read a time column.

    Args:
        column: Texts, timestamps or numbers, shape [N].
        rule: How time is told; not of the form `every_s`.
        origin_us: Zero of elapsed time.
        decimal: Decimal mark of elapsed or epoch numbers that are text.
    """
    if rule.epoch or rule.elapsed:
        return _counted(column, MICROSECONDS[rule.epoch or rule.elapsed or "s"], origin_us or 0, rule, decimal)
    if pa.types.is_timestamp(column.type):
        zoned = column.type.tz is not None
        time_us = pc.cast(column, pa.timestamp("us", column.type.tz), safe=False).cast(pa.int64())
        return _clock(time_us, np.full(len(column), zoned))
    if pa.types.is_date(column.type):
        return _clock(column.cast(pa.timestamp("us")).cast(pa.int64()), np.zeros(len(column), bool))
    return _texts(column.cast(pa.string()), rule.format)


def _clock(time_us: pa.Array, is_utc: NDArray[np.bool_]) -> WallClock:
    return WallClock(_whole(time_us), is_utc, np.array(time_us.is_valid()))


def _whole(values: pa.Array) -> NDArray[np.int64]:
    return np.array(values.fill_null(0), dtype=np.int64)


def _counted(column: pa.Array, scale_us: float, origin_us: int, rule: TimeRule, decimal: str) -> WallClock:
    """Whole numbers stay exact; broken ones are rounded to the microsecond."""
    zero = origin_us if rule.elapsed else 0
    everywhere = np.ones(len(column), bool)
    try:
        counts = column.cast(pa.int64()) if decimal == "." else None
    except pa.ArrowInvalid:
        counts = None
    if counts is not None and counts.null_count == 0:
        whole = np.array(counts)
        time_us = whole // round(1 / scale_us) if scale_us < 1 else whole * round(scale_us)
        return WallClock(time_us + zero, everywhere, everywhere)
    values = plain_numbers(column, decimal=decimal)
    readable = np.isfinite(values) & (np.abs(values * scale_us) < 2**62)
    time_us = np.round(np.where(readable, values, 0.0) * scale_us).astype(np.int64) + zero
    return WallClock(time_us, everywhere, readable)


def _texts(column: pa.Array, form: str | None) -> WallClock:
    for attempt in (_naive, _zoned) if form is None else (_formatted,):
        found = attempt(column, form)
        if found is not None:
            return found
    return _one_by_one(column, form)


def _naive(column: pa.Array, _form: str | None) -> WallClock | None:
    try:
        return _clock(column.cast(pa.timestamp("us")).cast(pa.int64()), np.zeros(len(column), bool))
    except pa.ArrowInvalid:
        return None


def _zoned(column: pa.Array, _form: str | None) -> WallClock | None:
    try:
        return _clock(column.cast(pa.timestamp("us", "UTC")).cast(pa.int64()), np.ones(len(column), bool))
    except pa.ArrowInvalid:
        return None


def _formatted(column: pa.Array, form: str | None) -> WallClock | None:
    """The C library's strptime for forms without offset; a trailing %f is cut off and added."""
    if form is None or "%z" in form or "%Z" in form or "%f" in form[:-2]:
        return None
    if not form.endswith("%f"):
        parsed = pc.strptime(column, format=form, unit="us", error_is_null=True)
        return _clock(parsed.cast(pa.int64()), np.zeros(len(column), bool))
    parts = pc.extract_regex(column, pattern=FRACTION)
    whole = pc.strptime(pc.struct_field(parts, "whole"), format=form[:-3], unit="us", error_is_null=True)
    digits = pc.utf8_slice_codeunits(pc.utf8_rpad(pc.struct_field(parts, "fraction"), 6, "0"), 0, 6)
    time_us = pc.add(whole.cast(pa.int64()), digits.cast(pa.int64()))
    return _clock(time_us, np.zeros(len(column), bool))


def _one_by_one(column: pa.Array, form: str | None) -> WallClock:
    """Columns that mix good and bad texts, or texts with and without offset: each distinct text is read once."""
    coded = column.dictionary_encode()
    known = [_instant(text, form) for text in coded.dictionary.to_pylist()]
    codes = np.array(coded.indices.fill_null(len(known)))
    table = np.array(
        [(us, utc, True) if us is not None else (0, False, False) for us, utc in known] + [(0, False, False)]
    )
    rows = table[codes] if len(codes) else table[:0]
    return WallClock(rows[:, 0].astype(np.int64), rows[:, 1].astype(bool), rows[:, 2].astype(bool))


def _instant(text: str | None, form: str | None) -> tuple[int | None, bool]:
    try:
        read = datetime.strptime(text or "", form) if form else datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None, False
    zoned = read.tzinfo is not None
    return ((read if zoned else read.replace(tzinfo=UTC)) - EPOCH) // timedelta(microseconds=1), zoned
