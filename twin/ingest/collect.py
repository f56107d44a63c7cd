"""Gathers the readings and the rejected rows of one piece of a log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from twin.ingest.mapping import Stretch
from twin.ingest.numbers import ABSENT, NOT_FINITE, NUMERIC, UNREADABLE, WORD, Cells
from twin.ingest.row_clock import FINE, FUTURE, TIME_REASONS, RowClock
from twin.records.batch import ReadingBatch, Reason, Rejected

Index = NDArray[np.int64]


class Collector:
    """Readings and rejected rows so far; `at` sets the rows that the next calls speak of."""

    def __init__(self, tags: tuple[str, ...], state: dict[str, Any]) -> None:
        self.tags = tags
        self.extents: dict[str, list[int]] = state.setdefault("extents", {})
        self.parts: list[tuple[NDArray[Any], ...]] = []
        self.rejected: list[Rejected] = []

    def at(
        self,
        stretch: Stretch,
        rows: Index,
        times: Index,
        codes: NDArray[np.uint8],
        clock_column: pa.Array,
        clock: RowClock,
    ) -> None:
        """Go to the rows of one stretch: data rows, UTC times, time codes [N] and the raw time column."""
        self.stretch, self.rows, self.times, self.codes = stretch, rows, times, codes
        self.clock_column, self.clock = clock_column, clock

    def add(
        self,
        cells: Cells,
        si_values: NDArray[np.float64],
        quality: NDArray[np.uint8] | None,
        tag_index: NDArray[np.int32],
        raw: pa.Array,
        unit_of: Callable[[int], str],
    ) -> None:
        """Take one column's cells; rows with tag index -1 are passed over."""
        present = (cells.kind != ABSENT) & (tag_index >= 0)
        readable = present & ((cells.kind == NUMERIC) | (cells.kind == WORD))
        for kind, reason, need in (
            (UNREADABLE, Reason.UNPARSABLE_VALUE, "need a number or a known quality word"),
            (NOT_FINITE, Reason.NOT_A_NUMBER, "need a finite number"),
        ):
            self.reject(present & (cells.kind == kind), reason, need, raw, unit_of, tag_index=tag_index)
        for code in np.unique(self.codes[readable & (self.codes > 0)]):
            here, detail = readable & (self.codes == code), self.clock.detail(int(code))
            self.reject(here, TIME_REASONS[code], detail, raw, unit_of, tag_index=tag_index)
        taken = np.flatnonzero(readable & (self.codes == 0))
        if len(taken):
            found = cells.quality if quality is None else np.maximum(cells.quality, quality)
            self.parts.append((tag_index[taken], self.times[taken], si_values[taken], found[taken], self.rows[taken]))
            self._extend(self.times[taken])

    def reject(
        self,
        where: NDArray[np.bool_],
        reason: Reason,
        need: str,
        raw: pa.Array,
        unit_of: Callable[[int], str],
        *,
        tag_index: NDArray[np.int32] | None = None,
        tags: pa.Array | None = None,
    ) -> None:
        """Put rows aside with their raw text; the tag by its index or as the log names it."""
        for row in np.flatnonzero(where):
            named = tags[row].as_py() if tags is not None else None
            tag = self.tags[tag_index[row]] if tag_index is not None else str(named or "")
            time = str(self.clock_column[row].as_py()) if self.clock_column is not None else ""
            time_us = int(self.times[row]) if self.codes[row] in (FINE, FUTURE) else None
            value, unit = str(raw[row].as_py()), unit_of(int(row))
            self.rejected.append(Rejected(int(self.rows[row]), tag, time, value, unit, reason, need, time_us))

    def batch(self) -> ReadingBatch:
        """Everything gathered, in order of arrival."""
        if not self.parts:
            none = np.empty(0, np.int64)
            index, quality = none.astype(np.int32), none.astype(np.uint8)
            return ReadingBatch(self.tags, index, none, none.astype(float), quality, none, tuple(self.rejected))
        tag_index, times, values, quality, rows = (np.concatenate(column) for column in zip(*self.parts, strict=True))
        return ReadingBatch(self.tags, tag_index, times, values, quality, rows, tuple(self.rejected))

    def _extend(self, times: Index) -> None:
        low, high, count = self.extents.get(self.stretch.name, [int(times[0]), int(times[0]), 0])
        self.extents[self.stretch.name] = [min(low, int(times.min())), max(high, int(times.max())), count + len(times)]
