"""Single readings from a program → one batch in SI."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from twin.ingest.mapping import FUTURE_SLACK_S
from twin.ingest.quality_words import quality_of
from twin.ingest.time_units import EPOCH, format_instant, parse_instant_us
from twin.records.batch import ReadingBatch, Reason, Rejected
from twin.records.reading import Quality
from twin.units import UnitError, conversion


class _RefusedError(Exception):
    """One row is no reading."""

    def __init__(self, reason: Reason, detail: str, time_us: int | None = None) -> None:
        self.reason, self.detail, self.time_us = reason, detail, time_us
        super().__init__(detail)


def read_rows(
    rows: Sequence[Mapping[str, Any]], *, si_units: Mapping[str, str], own_units: Mapping[str, str], now_us: int
) -> ReadingBatch:
    """Read rows of {tag, time, value, unit?, quality?}.

    Args:
        rows: `time` is ISO 8601 with offset (or an aware datetime); `value` a number, text or None (nothing arrived).
        si_units: SI unit per tag that the plant knows.
        own_units: Unit that each tag is written in where a row names none.
        now_us: Present time, UTC microseconds; later times are from the future.
    """
    tags = tuple(dict.fromkeys(str(row.get("tag") or "") for row in rows))
    tags = tuple(tag for tag in tags if tag in si_units)
    codes = {tag: code for code, tag in enumerate(tags)}
    good: list[tuple[int, int, float, int, int]] = []
    rejected = []
    for number, row in enumerate(rows, start=1):
        try:
            time_us, value, quality = _reading(row, si_units, own_units, now_us)
            good.append((codes[str(row["tag"])], time_us, value, quality, number))
        except _RefusedError as refusal:
            rejected.append(_rejected(number, row, own_units, refusal))
    columns = list(zip(*good, strict=True)) or [()] * 5
    kinds = (np.int32, np.int64, np.float64, np.uint8, np.int64)
    arrays = [np.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
    return ReadingBatch(tags, arrays[0], arrays[1], arrays[2], arrays[3], arrays[4], tuple(rejected))


def _reading(
    row: Mapping[str, Any], si_units: Mapping[str, str], own_units: Mapping[str, str], now_us: int
) -> tuple[int, float, int]:
    tag = str(row.get("tag") or "")
    time_us = instant_us(row.get("time"))
    if tag not in si_units:
        raise _RefusedError(Reason.UNKNOWN_TAG, "need a tag of the plant", time_us)
    if time_us is None:
        raise _RefusedError(Reason.UNPARSABLE_TIME, "need ISO 8601 with offset, e.g. 2026-03-02T14:10:00Z")
    if time_us > now_us + round(FUTURE_SLACK_S * 1e6):
        raise _RefusedError(Reason.FUTURE_TIME, f"need a time not after {format_instant(now_us)}", time_us)
    value, quality = _value(row, time_us)
    try:
        to_si = conversion(str(row.get("unit") or own_units.get(tag) or si_units[tag]), si_units[tag])
    except UnitError as error:
        raise _RefusedError(Reason.WRONG_UNIT, f"need a unit of {si_units[tag]}", time_us) from error
    return time_us, float(to_si.to_si(value)), quality


def _value(row: Mapping[str, Any], time_us: int) -> tuple[float, int]:
    given, word = row.get("value"), row.get("quality")
    quality = Quality.GOOD if word is None else quality_of(str(word), {})
    quality = Quality.UNCERTAIN if quality is None else quality
    if given is None or (isinstance(given, str) and quality_of(given, {}) is not None and not _is_number(given)):
        return math.nan, int(Quality.BAD)
    if isinstance(given, bool) or not _is_number(given):
        raise _RefusedError(Reason.UNPARSABLE_VALUE, "need a number or a known quality word", time_us)
    if not math.isfinite(float(given)):
        raise _RefusedError(Reason.NOT_A_NUMBER, "need a finite number", time_us)
    return float(given), int(quality)


def _is_number(given: Any) -> bool:
    try:
        float(given)
    except (TypeError, ValueError):
        return False
    return True


def instant_us(given: Any) -> int | None:
    """UTC microseconds of an aware datetime or of ISO 8601 text with offset, None where it is neither."""
    if isinstance(given, datetime):
        return None if given.tzinfo is None else (given - EPOCH) // timedelta(microseconds=1)
    return parse_instant_us(given) if isinstance(given, str) else None


def _rejected(number: int, row: Mapping[str, Any], own_units: Mapping[str, str], refusal: _RefusedError) -> Rejected:
    tag, time = str(row.get("tag") or ""), row.get("time")
    shown = time.isoformat() if isinstance(time, datetime) else str(time if time is not None else "")
    unit = str(row.get("unit") or own_units.get(tag, ""))
    return Rejected(number, tag, shown, str(row.get("value")), unit, refusal.reason, refusal.detail, refusal.time_us)
