"""When each row of a piece happened, in UTC, remembering what the next piece needs to know."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from twin.ingest import local_time
from twin.ingest.clock import WallClock, read_clock
from twin.ingest.mapping import FUTURE_SLACK_S, CsvRule, Stretch, TimeRule
from twin.ingest.time_units import format_instant
from twin.records.batch import Reason

FINE, UNPARSABLE, AMBIGUOUS, NONEXISTENT, FUTURE = range(5)
"""Time code of a row."""

TIME_REASONS = {
    UNPARSABLE: Reason.UNPARSABLE_TIME,
    AMBIGUOUS: Reason.AMBIGUOUS_TIME,
    NONEXISTENT: Reason.NONEXISTENT_TIME,
    FUTURE: Reason.FUTURE_TIME,
}

Instants = tuple[NDArray[np.int64], NDArray[np.uint8]]


class RowClock:
    """Times of a log's rows; `state` (JSON) carries what has been seen from piece to piece."""

    def __init__(self, rule: TimeRule, csv: CsvRule, site_zone: str, now_us: int, state: dict[str, Any]) -> None:
        self.rule, self.csv, self.zone, self.now_us = rule, csv, rule.zone or site_zone, now_us
        self.previous: dict[str, int] = state.setdefault("previous", {})
        self.rows: dict[str, int] = state.setdefault("rows", {})

    def instants(
        self, column: pa.Array | None, stretch: Stretch, count: int, groups: NDArray[np.int64] | None
    ) -> Instants:
        """UTC microseconds [N] and time code [N] of the rows of one stretch.

        Args:
            column: The time column, None where rows are equally spaced.
            stretch: Where the rows belong.
            count: Number of rows, N.
            groups: Which signal each row belongs to [N], in a long log, where order is told per signal; else None.
        """
        if column is None:
            first = self.rows.get(stretch.name, 0)
            self.rows[stretch.name] = first + count
            steps = np.round((first + np.arange(count)) * (self.rule.every_s or 0.0) * 1e6).astype(np.int64)
            return self._checked(steps + (stretch.origin_us or 0) + stretch.shift_us, np.zeros(count, np.uint8))
        wall = read_clock(column, self.rule, origin_us=stretch.origin_us, decimal=self.csv.decimal)
        utc, codes = self._utc(wall, stretch.name, groups)
        codes[~wall.readable] = UNPARSABLE
        return self._checked(utc + stretch.shift_us, codes)

    def detail(self, code: int) -> str:
        """What is needed of a time that has this code."""
        return {
            UNPARSABLE: f"need a time as {self.rule.format or 'ISO 8601'}",
            AMBIGUOUS: f"occurs twice in {self.zone} and no reading shortly before decides; give it with its offset",
            NONEXISTENT: f"does not occur in {self.zone}, the clock was put forward; give it with its offset",
            FUTURE: f"need a time not after {format_instant(self.now_us)}",
        }[code]

    def _checked(self, utc: NDArray[np.int64], codes: NDArray[np.uint8]) -> Instants:
        codes[(codes == FINE) & (utc > self.now_us + round(FUTURE_SLACK_S * 1e6))] = FUTURE
        return utc, codes

    def _utc(self, wall: WallClock, name: str, groups: NDArray[np.int64] | None) -> Instants:
        codes = np.zeros(len(wall.time_us), np.uint8)
        utc = wall.time_us.copy()
        local = np.flatnonzero(wall.readable & ~wall.is_utc)
        if self.zone == "UTC" or len(local) == 0:
            return utc, codes
        if groups is None:
            self._local(wall, local, name, utc, codes)
            return utc, codes
        order = local[np.argsort(groups[local], kind="stable")]
        for part in np.split(order, np.flatnonzero(np.diff(groups[order])) + 1):
            self._local(wall, part, f"{name}/{groups[part[0]]}", utc, codes)
        return utc, codes

    def _local(
        self, wall: WallClock, rows: NDArray[np.int64], key: str, utc: NDArray[np.int64], codes: NDArray[np.uint8]
    ) -> None:
        times, status = local_time.to_utc(
            wall.time_us[rows],
            self.zone,
            ambiguous=self.rule.ambiguous,
            nonexistent=self.rule.nonexistent,
            previous_us=self.previous.get(key),
        )
        utc[rows] = times
        codes[rows] = np.array([FINE, AMBIGUOUS, NONEXISTENT], np.uint8)[status]
        known = np.flatnonzero(status == local_time.KNOWN)
        if len(known):
            self.previous[key] = int(times[known[-1]])
