"""How far off a prediction may be: split conformal half-widths, and whether delivered bands were right.

Equations  half width = the ceil((n + 1) level)-th smallest |error|      score = (u - l) + 2/α (l - y)+ + 2/α (y - u)+
           α_{t+1} = α_t + γ (α - miss_t)                               CRPS of a normal forecast in closed form
Symbols    n errors of predictions of samples that no predicting member had seen, l and u the band, α = 1 - level,
           α_t the level asked for at step t, so that α is missed in the long run, γ its rate
Source     Vovk, Gammerman, Shafer (2005); interval score: Gneiting, Raftery (2007), doi:10.1198/016214506000001437;
           moving blocks: Künsch (1989), doi:10.1214/aos/1176347265; adaptive: Gibbs, Candès (2021), arXiv:2106.00170;
           CRPS: Gneiting, Raftery, Westveld, Goldman (2005), doi:10.1175/MWR2904.1, equation 5
Valid      errors exchangeable between calibration and use; neighbouring errors depend on each other, so every statement
           about coverage resamples blocks and not samples
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Array = NDArray[np.float64]


def half_width(error: Array, level: float = 0.9) -> float:
    """Conformal half-width from unseen errors (NaN left out); infinite where there are too few for the level.

    Args:
        error: Measured minus predicted or the other way round, any shape.
        level: Share that shall lie within.
    """
    size = np.sort(np.abs(error[np.isfinite(error)]))
    rank = int(np.ceil((len(size) + 1) * level - 1e-9))
    return float(size[rank - 1]) if rank <= len(size) else float("inf")


def adapted(
    sizes: Array,
    level: float = 0.9,
    *,
    rate: float = 0.02,
    first: float | None = None,
    arrived: NDArray[np.intp] | None = None,
) -> Array:
    """Level to ask the band for before each step, shape [T + 1]: raised after a miss, lowered a little after a hit.

    Args:
        sizes: Smallest level at which the band would have held the measured value, 0 to 1, NaN where nothing was
            measured; 1 and more is missed by every band.
        level: To be kept in the long run.
        rate: γ; the long-run share of misses differs from 1 - level by less than 2 / (γ T), whatever happens.
        first: Level asked for at first, `level` by default.
        arrived: How many outcomes are known before each step [T], rising; all earlier ones by default.
    """
    asked, moved = np.empty(len(sizes) + 1), np.zeros(len(sizes) + 1)
    begin = level if first is None else first
    for at, size in enumerate(sizes):
        asked[at] = begin + moved[at if arrived is None else arrived[at]]
        missed = float(size > asked[at] or size >= 1.0) if asked[at] < 1.0 else 0.0
        moved[at + 1] = moved[at] + (0.0 if np.isnan(size) else rate * (missed - (1.0 - level)))
    asked[-1] = begin + moved[-1]
    return asked


def crps(measured: Array, centre: Array, sd: Array) -> Array:
    """Continuous ranked probability score of normal forecasts, in the unit of the values; smaller is better."""
    z = (measured - centre) / sd
    inner = z * (2.0 * stats.norm.cdf(z) - 1.0) + 2.0 * stats.norm.pdf(z) - 1.0 / np.sqrt(np.pi)
    return np.asarray(sd * inner)


def covered(measured: Array, low: Array, high: Array) -> Array:
    """1 where a measured value lies in its band, 0 outside, NaN where nothing was measured."""
    inside = (measured >= low) & (measured <= high)
    return np.where(np.isfinite(measured), inside.astype(float), np.nan)


def interval_score(measured: Array, low: Array, high: Array, level: float = 0.9) -> Array:
    """Width plus penalty for misses, per sample, smaller is better; NaN where nothing was measured."""
    miss = np.maximum(low - measured, 0.0) + np.maximum(measured - high, 0.0)
    return (high - low) + 2.0 / (1.0 - level) * miss


def block_means(values: Array, block: int, *, draws: int = 2000, seed: int = 0) -> Array:
    """Means of `draws` moving-block resamples of a series, NaN left out; their quantiles give an interval.

    Args:
        values: Shape [T], or [T, S] whose rows stay together and are averaged.
        block: Samples per block, a few correlation times; cut to a third of the series.
        draws: Number of resamples.
        seed: Of the resampling.
    """
    rows = values.reshape(len(values), -1)
    known = np.isfinite(rows)
    total = np.concatenate([[0.0], np.cumsum(np.where(known, rows, 0.0).sum(axis=1))])
    count = np.concatenate([[0], np.cumsum(known.sum(axis=1))])
    block = int(np.clip(block, 1, max(1, len(rows) // 3)))
    blocks = -(-len(rows) // block)
    first = np.random.default_rng(seed).integers(0, len(rows) - block + 1, size=(draws, blocks))
    sums = (total[first + block] - total[first]).sum(axis=1)
    counts = (count[first + block] - count[first]).sum(axis=1)
    return np.asarray(sums[counts > 0] / counts[counts > 0])


def mean_interval(values: Array, block: int, *, level: float = 0.95, seed: int = 0) -> tuple[float, float]:
    """Block-bootstrap interval of a series' mean."""
    means = block_means(values, block, seed=seed)
    if len(means) == 0:
        return float("nan"), float("nan")
    low, high = np.quantile(means, [(1.0 - level) / 2.0, (1.0 + level) / 2.0])
    return float(low), float(high)
