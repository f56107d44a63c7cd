"""Who predicts better on the same samples: scores per tag, and a paired test that resamples blocks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

from residual_models import intervals, noise

Array = NDArray[np.float64]

CHANCE = 0.05
"""How often a model that is no better may be called so."""

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

    `gain` is how much smaller the candidate's mean square error is, as a share of the rival's; `blocks`, how many
    stretches of `block` samples the window holds that hardly depend on each other; `ratio` and `ratio_high`, mean and
    upper bound of the log ratio of their losses, tag by tag and stretch by stretch, each tag counting alike; `chance`,
    how likely models equal in expectation look so different: the larger of what the mean and the stretches say.
    """

    mean: float
    low: float
    high: float
    gain: float
    block: int
    blocks: int
    ratio: float
    ratio_high: float
    chance: float

    @property
    def better(self) -> bool:
        """Whether the candidate beats its rival beyond chance: in the mean of the window, and stretch by stretch."""
        return self.chance < CHANCE


def paired(candidate: Array, rival: Array, measured: Array, scale: Array, *, seed: int = 0) -> Paired:
    """Compare two predictions [T, S] of the same measurements by the difference of their losses.

    A moving-block bootstrap bounds the mean difference. Alone it is too sure where a window holds few blocks, so
    Student's t bounds the log ratio of the losses over overlapping blocks as well, averaged over tags: a tag that
    neither explains drowns no other. Neighbouring blocks are still alike a little, so their spread understates that of
    the mean; it is raised by what a loss that forgets exponentially hides. The tail of the chance comes from Student's
    t alone: of 2,000 resamples none may tell of less than a two-thousandth.
    Source: Meketon & Schmeiser (1984), Overlapping batch means, Winter Simulation Conference; of their 1.5 (b - 1)
    degrees b - 2 are taken, one less than blocks side by side have, for their length is estimated too; never less
    than one. Samples that nobody can be judged by count for no block. Of equal models whose errors forget within 2 %
    to 33 % of the window 0.8 to 1.7 % then pass at a chance of 1 %, 4.7 to 6.3 % at 5 %; with two or three blocks a
    gain must be large and alike in all of them.
    """
    own, other = ((candidate - measured) / scale) ** 2, ((rival - measured) / scale) ** 2
    seen = np.isfinite(own - other).any(axis=1)
    own, other = own[seen], other[seen]
    difference = own - other
    course = row_mean(difference)
    alike = noise.correlation_time(course - np.nanmean(course))
    block = max(1, int(np.ceil(BLOCK_TIMES * alike)))
    means = intervals.block_means(difference, block, seed=seed)
    low, high = np.quantile(means, [CHANCE, 1 - CHANCE])
    ratio, ratio_high, by_ratio, blocks = _by_blocks(own, other, block, alike)
    known = np.isfinite(difference)
    gain = 1.0 - own[known].mean() / max(other[known].mean(), 1e-300)
    mean = float(difference[known].mean())
    chance = max(float(np.mean(means >= 0.0)), by_ratio)
    return Paired(mean, float(low), float(high), float(gain), block, blocks, ratio, ratio_high, chance)


def _by_blocks(own: Array, other: Array, block: int, alike: float) -> tuple[float, float, float, int]:
    """The mean log ratio of two losses [T, S] over overlapping blocks, its upper bound, the chance that it is no less
    than zero, and how many blocks fit side by side; `alike` is the correlation time in samples.
    """
    samples = len(own)
    blocks = samples // block
    if blocks < 2:
        return float("nan"), float("inf"), 1.0, blocks
    known = np.isfinite(own) & np.isfinite(other)
    sums = [_moving_sum(np.where(known, loss, 0.0), block) for loss in (own, other)]
    with np.errstate(divide="ignore", invalid="ignore"):
        each = np.log(sums[0] / sums[1])
    ratios = row_mean(np.where(np.isfinite(each), each, np.nan))
    ratios = ratios[np.isfinite(ratios)]
    if len(ratios) < 2:
        return float("nan"), float("inf"), 1.0, blocks
    variance = block / (len(ratios) * (samples - block)) * ((ratios - ratios.mean()) ** 2).sum()
    variance /= shown_share(block, alike)
    degrees, error = max(blocks - 2, 1), max(float(np.sqrt(variance)), 1e-300)
    high = float(ratios.mean() + student.ppf(1 - CHANCE, degrees) * error)
    return float(ratios.mean()), high, float(student.cdf(ratios.mean() / error, degrees)), blocks


def shown_share(block: int, alike: float) -> float:
    """How much of the variance of a long mean the means of blocks show, times their length, for a series that forgets
    exponentially: 1 - 2 φ (1 - φ^m) / (m (1 - φ²)) with φ = (τ - 1) / (τ + 1), m samples a block, τ correlation time.
    """
    keep = (alike - 1.0) / (alike + 1.0)
    return 1.0 - 2.0 * keep * (1.0 - keep**block) / (block * (1.0 - keep**2))


def _moving_sum(values: Array, block: int) -> Array:
    """Sums over `block` rows from each row on, shape [T - block + 1, S]."""
    total = np.concatenate([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0)])
    return np.asarray(total[block:] - total[:-block])


def row_mean(values: Array) -> Array:
    """Mean over tags per sample, shape [T]; NaN where no tag was measured."""
    known = np.isfinite(values)
    count = known.sum(axis=1)
    total = np.where(known, values, 0.0).sum(axis=1)
    return np.asarray(np.divide(total, count, out=np.full(len(values), np.nan), where=count > 0))
