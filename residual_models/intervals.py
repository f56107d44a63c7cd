"""How far off a prediction may be: split conformal half-widths, and whether delivered bands were right.

Equations  half width = the ceil((n + 1) level)-th smallest |error|      score = (u - l) + 2/α (l - y)+ + 2/α (y - u)+
Symbols    n errors of predictions of samples that no predicting member had seen, l and u the band, α = 1 - level
Source     Vovk, Gammerman, Shafer (2005); interval score: Gneiting, Raftery (2007), doi:10.1198/016214506000001437;
           moving blocks: Künsch (1989), doi:10.1214/aos/1176347265
Valid      errors exchangeable between calibration and use; neighbouring errors depend on each other, so every statement
           about coverage resamples blocks and not samples
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def half_width(error: Array, level: float = 0.9) -> float:
    """Conformal half-width from unseen errors (NaN left out); infinite where there are too few for the level."""
    size = np.sort(np.abs(error[np.isfinite(error)]))
    rank = int(np.ceil((len(size) + 1) * level))
    return float(size[rank - 1]) if rank <= len(size) else float("inf")


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
