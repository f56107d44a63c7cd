"""The newest stretch of a plant's log, kept in memory and brought up to date by what has arrived since.

A reader that comes again fetches the times at which something was written after its watermark, late readings and
corrections too, and the end that it has not seen; all else is as it was. What it gives is what a read of the whole
stretch at the same watermark gives.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
from sqlalchemy.orm import Session

from twin.prediction.remembered import Remembered
from twin.records.batch import TagSeries
from twin.services.context import Context
from twin.store import arrivals, readings
from twin.store.arrivals import Span

KEPT = 4
"""So many plants of an installation, and installations; eight days of 286 tags a minute take 60 MB."""


@dataclass(frozen=True)
class Stretch:
    """Readings of tags with start ≤ time < end as known at a watermark, one series a tag."""

    start_us: int
    end_us: int
    watermark_us: int
    series: tuple[TagSeries, ...]


class Recent:
    """Reads as `readings.series` does; of one installation, for many threads."""

    def __init__(self, context: Context) -> None:
        self.sessions = context.sessions
        self._kept: OrderedDict[tuple[str, tuple[str, ...]], Stretch] = OrderedDict()
        self._lock = Lock()

    def series(
        self, session: Session, plant: str, tags: Sequence[str], start_us: int, end_us: int, *, watermark: int
    ) -> tuple[TagSeries, ...]:
        """Readings of tags with start ≤ time < end, as known at a watermark."""
        key = (plant, tuple(tags))
        with self._lock:
            kept = self._kept.get(key)
        spans = None if kept is None else _missing(session, plant, kept, start_us, end_us, watermark)
        found = () if kept is None or spans is None else tuple(_cut(own, start_us, end_us) for own in kept.series)
        for first, last in [(start_us, end_us)] if spans is None else spans:
            new = readings.series(session, plant, tags, first, last, watermark=watermark)
            found = tuple(_put(own, part, first, last) for own, part in zip(found, new, strict=True)) if found else new
        with self._lock:
            latest = self._kept.get(key)
            if latest is None or watermark >= latest.watermark_us:
                self._kept[key] = Stretch(start_us, end_us, watermark, found)
                self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return found


def _missing(
    session: Session, plant: str, kept: Stretch, start_us: int, end_us: int, watermark: int
) -> list[Span] | None:
    """Spans within a stretch that must be read, None where all of it must."""
    if watermark < kept.watermark_us or not kept.start_us <= start_us < kept.end_us:
        return None
    written = arrivals.since(session, plant, kept.watermark_us, watermark)
    if written is None:
        return None
    begun = [(max(first, start_us), min(last, end_us, kept.end_us)) for first, last in written]
    return [(first, last) for first, last in [*begun, (kept.end_us, end_us)] if first < last]


def _cut(series: TagSeries, start_us: int, end_us: int) -> TagSeries:
    first, last = np.searchsorted(series.times_us, (start_us, end_us))
    rows = slice(int(first), int(last))
    return TagSeries(series.tag, series.times_us[rows], series.values[rows], series.quality[rows])


def _put(series: TagSeries, new: TagSeries, start_us: int, end_us: int) -> TagSeries:
    """The series with its readings from start to before end replaced."""
    first, last = np.searchsorted(series.times_us, (start_us, end_us))
    return TagSeries(
        series.tag,
        np.concatenate([series.times_us[:first], new.times_us, series.times_us[last:]]),
        np.concatenate([series.values[:first], new.values, series.values[last:]]),
        np.concatenate([series.quality[:first], new.quality, series.quality[last:]]),
    )


_known: Remembered[Recent] = Remembered(KEPT)
"""By the way to the database, which each holds on to, so that its id is not given anew."""


def of(context: Context) -> Recent:
    """The one of an installation."""
    return _known.get(str(id(context.sessions)), lambda: Recent(context))
