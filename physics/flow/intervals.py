"""Means over independent worlds with their intervals, and how long a line takes to warm up.

Source  Law, Simulation Modeling and Analysis, 5th ed. (2015), section 9.5 (replication-deletion); White (1997),
        doi:10.1177/003754979706900601, MSER-5 for the warm-up
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

BATCH = 5
"""Bins to a batch of MSER-5."""


@dataclass(frozen=True)
class Interval:
    """A mean over worlds and the half-width of its confidence interval at `level`."""

    mean: float
    half_width: float
    level: float

    def __contains__(self, value: float) -> bool:
        return abs(value - self.mean) <= self.half_width


def interval(values: ArrayLike, *, level: float = 0.95) -> Interval:
    """Student's interval for the mean of one value per world; NaN for a single world.

    Args:
        values: Shape [W], worlds that went well.
        level: Probability that the interval holds the mean.
    """
    array = np.asarray(values, dtype=np.float64)
    if len(array) < 2:
        return Interval(float(array.mean()) if len(array) else float("nan"), float("nan"), level)
    half = stats.t.ppf(0.5 + level / 2, len(array) - 1) * array.std(ddof=1) / np.sqrt(len(array))
    return Interval(float(array.mean()), float(half), level)


def paired(changed: ArrayLike, baseline: ArrayLike, *, level: float = 0.95) -> Interval:
    """Interval of the difference between two runs whose worlds share their random numbers."""
    return interval(np.asarray(changed, dtype=np.float64) - np.asarray(baseline, dtype=np.float64), level=level)


def warm_up_bins(binned: NDArray[np.int64]) -> int | None:
    """Bins to leave out at the beginning; None where the run is too short to tell.

    Args:
        binned: Finished items by world and bin, shape [W, B], from an empty line on.
    """
    batches = binned.mean(axis=0)
    batches = batches[: len(batches) // BATCH * BATCH].reshape(-1, BATCH).mean(axis=1)
    if len(batches) < 2 * BATCH:
        return None
    errors = [batches[cut:].var() / (len(batches) - cut) for cut in range(len(batches) - BATCH)]
    best = int(np.argmin(errors))
    return None if best > len(batches) // 2 else best * BATCH
