"""In which order to eliminate: Markowitz's rule with a threshold on the pivots, over sampled matrices.

Source  Duff, Erisman & Reid (2017), Direct Methods for Sparse Matrices, 2nd ed., sections 5.2 and 7.2
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from physics.compiler.elimination import steps
from physics.compiler.sampling import Samples

THRESHOLDS = (0.1, 0.02, 1e-3, 1e-5, 1e-8)
"""Smallest pivot over the largest entry of its row that is accepted, tried from safe to desperate."""


TAKEN = -1.0
"""Stands for the relative size of an entry that is no longer there."""


class NoStablePivot(ArithmeticError):  # noqa: N818 (it names what happened)
    """Every remaining candidate vanishes at some sample; `rows` and `columns` are what is left."""

    def __init__(self, rows: list[int], columns: list[int]) -> None:
        self.rows, self.columns = rows, columns
        super().__init__(f"no stable pivot in rows {rows}, columns {columns}")


def elimination_order(samples: Samples) -> list[tuple[int, int]]:
    """Pivots (row, column), in order, stable at all samples and with little fill-in.

    Args:
        samples: Matrices, columns scaled to typical sizes.
    """
    if not samples.count:
        raise NoStablePivot(list(range(samples.size)), list(range(samples.size)))
    for threshold in THRESHOLDS[:-1]:
        try:
            return _order(samples, threshold)
        except NoStablePivot:
            continue
    return _order(samples, THRESHOLDS[-1])


def _order(samples: Samples, threshold: float) -> list[tuple[int, int]]:
    matrix, pivots = _Sparse(samples), []
    for _ in range(samples.size):
        pivots.append(matrix.best(threshold))
        matrix.eliminate(*pivots[-1])
    return pivots


class _Sparse:
    """The entries that can be nonzero, at all samples at once, while pivots are taken out.

    Each entry has a slot: its row and column, its values [K] and how large it is beside the largest entry left in its
    row, at the sample where that is least (below zero once it is taken out). Slots beyond `used` are spare.
    """

    def __init__(self, samples: Samples) -> None:
        self.size, self.used = samples.size, len(samples.rows)
        self.row, self.column = samples.rows.copy(), samples.columns.copy()
        self.values = samples.values / samples.largest_in_rows()[samples.rows]
        self.relative = np.zeros(self.used)
        self.in_row: list[dict[int, int]] = [{} for _ in range(self.size)]
        self.in_column: list[dict[int, int]] = [{} for _ in range(self.size)]
        for slot, (i, j) in enumerate(zip(self.row.tolist(), self.column.tolist(), strict=True)):
            self.in_row[i][j] = self.in_column[j][i] = slot
        self.row_count = np.array([len(own) for own in self.in_row], np.intp)
        self.column_count = np.array([len(own) for own in self.in_column], np.intp)
        self._compare(range(self.size))

    def best(self, threshold: float) -> tuple[int, int]:
        """The stable entry with the fewest possible fill-ins, the largest among equals, then the first."""
        allowed = np.flatnonzero(self.relative[: self.used] >= threshold)
        if not len(allowed):
            left = [[k for k, own in enumerate(lists) if own] for lists in (self.in_row, self.in_column)]
            raise NoStablePivot(*left)
        cost = (self.row_count[self.row[allowed]] - 1) * (self.column_count[self.column[allowed]] - 1)
        cheapest = allowed[cost == cost.min()]
        relative = self.relative[cheapest]
        equals = cheapest[relative == relative.max()]
        first = equals[(self.row[equals] * self.size + self.column[equals]).argmin()]
        return int(self.row[first]), int(self.column[first])

    def eliminate(self, i: int, j: int) -> None:
        """Take a pivot out and fill in what its row adds to the rows below."""
        pivot = self.values[self.in_row[i][j]]
        below = {row: slot for row, slot in self.in_column[j].items() if row != i}
        right = {column: slot for column, slot in self.in_row[i].items() if column != j}
        self._fill([(row, column) for row in below for column in right if column not in self.in_row[row]])
        over = self.values[list(right.values())]
        for row, slot in below.items():
            targets = [self.in_row[row][column] for column in right]
            self.values[targets] -= (self.values[slot] / pivot) * over
        for row, slot in [*below.items(), (i, self.in_row[i][j])]:
            self.relative[slot] = TAKEN
            del self.in_row[row][j]
        for column, slot in right.items():
            self.relative[slot] = TAKEN
            del self.in_column[column][i]
        self.in_row[i], self.in_column[j] = {}, {}
        self.row_count[list(below)] -= 1
        self.column_count[list(right)] -= 1
        self._compare(below)

    def _fill(self, places: list[tuple[int, int]]) -> None:
        if not places:
            return
        first, self.used = self.used, self.used + len(places)
        if self.used > len(self.row):
            self._reserve(2 * self.used)
        for slot, (i, j) in enumerate(places, start=first):
            self.in_row[i][j] = self.in_column[j][i] = slot
            self.row_count[i] += 1
            self.column_count[j] += 1
        self.row[first : self.used], self.column[first : self.used] = np.array(places).T

    def _reserve(self, slots: int) -> None:
        more = slots - len(self.row)
        self.row, self.column = (np.append(own, np.zeros(more, np.intp)) for own in (self.row, self.column))
        self.values = np.concatenate([self.values, np.zeros((more, self.values.shape[1]))])
        self.relative = np.append(self.relative, np.zeros(more))

    def _compare(self, rows: Iterable[int]) -> None:
        for row in rows:
            slots = list(self.in_row[row].values())
            if slots:
                size = np.abs(self.values[slots])
                largest = size.max(axis=0)
                self.relative[slots] = (size / np.where(largest > 0, largest, 1.0)).min(axis=1)


def smallest_pivots(samples: Samples, pivots: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
    """Smallest pivot over the largest entry left in its row, over all steps, for each sample [K].

    Args:
        samples: Matrices, columns scaled to typical sizes.
        pivots: An order of elimination found for other matrices of the same pattern.
    """
    entries = list(zip(samples.rows.tolist(), samples.columns.tolist(), strict=True))
    order = steps(entries, pivots)
    slot = {entry: k for k, entry in enumerate(entries)}
    for step in order:
        for row in step.below:
            for column in step.right:
                slot.setdefault((row, column), len(slot))
    values = np.zeros((len(slot), samples.count))
    values[: len(entries)] = samples.values / samples.largest_in_rows()[samples.rows]
    least = np.full(samples.count, np.inf)
    with np.errstate(all="ignore"):  # where a pivot vanished the rest means nothing, and `least` is zero already
        for step in order:
            pivot, over = values[slot[step.row, step.column]], [slot[step.row, column] for column in step.right]
            largest = np.abs(values[[slot[step.row, step.column], *over]]).max(axis=0)
            least = np.fmin(least, np.abs(pivot) / np.where(largest > 0, largest, 1.0))
            for row in step.below:
                factor = values[slot[row, step.column]] / pivot
                values[[slot[row, column] for column in step.right]] -= factor * values[over]
    return least
