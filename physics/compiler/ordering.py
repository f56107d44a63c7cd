"""In which order to eliminate: Markowitz's rule with a threshold on the pivots, over sampled matrices.

Source  Duff, Erisman & Reid (2017), Direct Methods for Sparse Matrices, 2nd ed., sections 5.2 and 7.2
"""

from __future__ import annotations

from collections.abc import Sequence

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
    matrices, filled = _unit_rows(samples), pattern.copy()
    n = len(pattern)
    rows, columns, pivots = np.ones(n, bool), np.ones(n, bool), []
    for _ in range(n):
        i, j = _best(matrices, filled, rows, columns, threshold)
        pivots.append((i, j))
        rows[i], columns[j] = False, False
        below = np.flatnonzero(filled[:, j] & rows)
        right = np.flatnonzero(filled[i] & columns)
        if len(below) and len(right):
            factors = matrices[:, below, j] / matrices[:, i, j][:, None]
            matrices[:, below[:, None], right[None, :]] -= factors[:, :, None] * matrices[:, i, right][:, None]
            filled[np.ix_(below, right)] = True
    return pivots


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


def _best(
    matrices: NDArray[np.float64],
    filled: NDArray[np.bool_],
    rows: NDArray[np.bool_],
    columns: NDArray[np.bool_],
    threshold: float,
) -> tuple[int, int]:
    """The stable candidate with the fewest possible fill-ins, the largest pivot among equals, then the first."""
    live = filled & rows[:, None] & columns[None, :]
    size = np.where(live, np.abs(matrices), 0.0)
    largest = size.max(axis=2, keepdims=True)
    relative = (size / np.where(largest > 0, largest, 1.0)).min(axis=0)
    cost = (live.sum(axis=1) - 1)[:, None] * (live.sum(axis=0) - 1)[None, :]
    allowed = live & (relative >= threshold)
    if not allowed.any():
        raise NoStablePivot([int(r) for r in np.flatnonzero(rows)], [int(c) for c in np.flatnonzero(columns)])
    cheapest = cost[allowed].min()
    candidates = np.where(allowed & (cost == cheapest), relative, -1.0)
    i, j = np.unravel_index(int(candidates.argmax()), candidates.shape)
    return int(i), int(j)
