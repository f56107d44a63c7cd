"""Who predicts better on the same samples: scores per tag, and a paired test that resamples blocks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residual_models import intervals, noise

Array = NDArray[np.float64]

BLOCK_TIMES = 2.0
"""Length of a resampled block in correlation times of the loss."""


def rmse(predicted: Array, measured: Array) -> Array:
    """Root mean square error per tag [S], NaN where a tag was never measured."""
    error = (predicted - measured) ** 2
    count = np.isfinite(error).sum(axis=0)
    total = np.where(np.isfinite(error), error, 0.0).sum(axis=0)
    return np.asarray(np.sqrt(np.divide(total, count, out=np.full(error.shape[1], np.nan), where=count > 0)))


def overall(per_tag: Array, scale: Array) -> float:
    """One number: the root mean square over tags of error by scale; tags without measurement do not count."""
    ratio = per_tag / scale
    known = ratio[np.isfinite(ratio)]
    return float(np.sqrt(np.mean(known**2))) if len(known) else float("nan")


@dataclass(frozen=True)
class Paired:
    """Loss of a candidate minus that of a rival: mean, its one-sided 95 % bounds, and how the test was made.

    `gain` is how much smaller the candidate's mean square error is, as a share of the rival's.
    """

    mean: float
    low: float
    high: float
    gain: float
    block: int


def paired(candidate: Array, rival: Array, measured: Array, scale: Array, *, seed: int = 0) -> Paired:
    """Compare two predictions [T, S] of the same measurements by moving-block bootstrap of their loss difference."""
    own, other = ((candidate - measured) / scale) ** 2, ((rival - measured) / scale) ** 2
    difference = own - other
    course = row_mean(difference)
    block = max(1, int(np.ceil(BLOCK_TIMES * noise.correlation_time(course - np.nanmean(course)))))
    means = intervals.block_means(difference, block, seed=seed)
    low, high = np.quantile(means, [0.05, 0.95])
    known = np.isfinite(difference)
    gain = 1.0 - own[known].mean() / max(other[known].mean(), 1e-300)
    return Paired(float(difference[known].mean()), float(low), float(high), float(gain), block)


def row_mean(values: Array) -> Array:
    """Mean over tags per sample, shape [T]; NaN where no tag was measured."""
    known = np.isfinite(values)
    count = known.sum(axis=1)
    total = np.where(known, values, 0.0).sum(axis=1)
    return np.asarray(np.divide(total, count, out=np.full(len(values), np.nan), where=count > 0))
