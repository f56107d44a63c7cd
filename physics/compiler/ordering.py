"""In which order to eliminate: Markowitz's rule with a threshold on the pivots, over sampled matrices.

Source  Duff, Erisman & Reid (2017), Direct Methods for Sparse Matrices, 2nd ed., sections 5.2 and 7.2
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

THRESHOLDS = (0.1, 0.02, 1e-3, 1e-5, 1e-8)
"""Smallest pivot over the largest entry of its row that is accepted, tried from safe to desperate."""


class NoStablePivot(ArithmeticError):  # noqa: N818 (it names what happened)
    """Every remaining candidate vanishes at some sample; `rows` and `columns` are what is left."""

    def __init__(self, rows: list[int], columns: list[int]) -> None:
        self.rows, self.columns = rows, columns
        super().__init__(f"no stable pivot in rows {rows}, columns {columns}")


def elimination_order(samples: NDArray[np.float64], pattern: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Pivots (row, column), in order, stable at all samples and with little fill-in.

    Args:
        samples: Matrices, columns scaled to typical sizes, shape [K, n, n].
        pattern: Entries that can be nonzero, shape [n, n].
    """
    for threshold in THRESHOLDS[:-1]:
        try:
            return _order(samples, pattern, threshold)
        except NoStablePivot:
            continue
    return _order(samples, pattern, THRESHOLDS[-1])


def _order(samples: NDArray[np.float64], pattern: NDArray[np.bool_], threshold: float) -> list[tuple[int, int]]:
    matrix, pivots = _Sparse(samples, pattern), []
    for _ in range(len(pattern)):
        pivots.append(matrix.best(threshold))
        matrix.eliminate(*pivots[-1])
    return pivots


class _Sparse:
    """The entries that can be nonzero, at all samples at once, while pivots are taken out.

    Each entry has a slot: its row and column, its values [K] and how large it is beside the largest entry left in its
    row, at the sample where that is least.
    """

    def __init__(self, samples: NDArray[np.float64], pattern: NDArray[np.bool_]) -> None:
        self.size = len(pattern)
        self.row, self.column = np.nonzero(pattern)
        self.values = _unit_rows(samples)[:, self.row, self.column].T
        self.relative, self.live = np.zeros(len(self.row)), np.ones(len(self.row), bool)
        self.in_row: list[dict[int, int]] = [{} for _ in range(self.size)]
        self.in_column: list[dict[int, int]] = [{} for _ in range(self.size)]
        for slot, (i, j) in enumerate(zip(self.row.tolist(), self.column.tolist(), strict=True)):
            self.in_row[i][j] = self.in_column[j][i] = slot
        self._compare(range(self.size))

    def best(self, threshold: float) -> tuple[int, int]:
        """The stable entry with the fewest possible fill-ins, the largest among equals, then the first."""
        allowed = np.flatnonzero(self.live & (self.relative >= threshold))
        if not len(allowed):
            left = [[k for k, own in enumerate(lists) if own] for lists in (self.in_row, self.in_column)]
            raise NoStablePivot(*left)
        rows, columns = (np.array([len(own) for own in lists]) for lists in (self.in_row, self.in_column))
        i, j = self.row[allowed], self.column[allowed]
        cost = (rows[i] - 1) * (columns[j] - 1)
        first = np.lexsort((j, i, -self.relative[allowed], cost))[0]
        return int(i[first]), int(j[first])

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
            self.live[slot] = False
            del self.in_row[row][j]
        for column, slot in right.items():
            self.live[slot] = False
            del self.in_column[column][i]
        self.in_row[i], self.in_column[j] = {}, {}
        self._compare(below)

    def _fill(self, places: list[tuple[int, int]]) -> None:
        if not places:
            return
        for slot, (i, j) in enumerate(places, start=len(self.row)):
            self.in_row[i][j] = self.in_column[j][i] = slot
        rows, columns = np.array(places).T
        self.row, self.column = np.append(self.row, rows), np.append(self.column, columns)
        self.values = np.concatenate([self.values, np.zeros((len(places), self.values.shape[1]))])
        self.relative = np.append(self.relative, np.zeros(len(places)))
        self.live = np.append(self.live, np.ones(len(places), bool))

    def _compare(self, rows: Iterable[int]) -> None:
        for row in rows:
            slots = list(self.in_row[row].values())
            if slots:
                size = np.abs(self.values[slots])
                largest = size.max(axis=0)
                self.relative[slots] = (size / np.where(largest > 0, largest, 1.0)).min(axis=1)


def _unit_rows(samples: NDArray[np.float64]) -> NDArray[np.float64]:
    scale = np.abs(samples).max(axis=2, keepdims=True)
    return np.asarray(samples / np.where(scale > 0, scale, 1.0))


def smallest_pivots(samples: NDArray[np.float64], pivots: Sequence[tuple[int, int]]) -> float:
    """Smallest pivot over the largest entry left in its row, over all steps and samples; 0 where there are none.

    Args:
        samples: Matrices, columns scaled to typical sizes, shape [K, n, n].
        pivots: An order of elimination found for other matrices of the same pattern.
    """
    if not len(samples):
        return 0.0
    matrices = _unit_rows(samples)
    rows, columns, least = np.ones(len(pivots), bool), np.ones(len(pivots), bool), np.inf
    for i, j in pivots:
        pivot = matrices[:, i, j]
        largest = np.abs(matrices[:, i, columns]).max(axis=1)
        least = min(least, float((np.abs(pivot) / np.where(largest > 0, largest, 1.0)).min()))
        if least == 0.0:
            return 0.0
        rows[i], columns[j] = False, False
        below = np.flatnonzero((matrices[:, :, j] != 0).any(axis=0) & rows)
        right = np.flatnonzero((matrices[:, i] != 0).any(axis=0) & columns)
        factors = matrices[:, below, j] / pivot[:, None]
        matrices[:, below[:, None], right[None, :]] -= factors[:, :, None] * matrices[:, i, right][:, None]
    return least
