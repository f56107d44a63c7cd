"""Corrects an ensemble of worlds by what the sensors read, one reading after the other.

Symbols    x any row of the ensemble, y prediction of a reading, ' distance from the mean over worlds, r noise variance
Equations  k = t ⟨x' y'⟩ / (⟨y'²⟩ + r),  mean += k (reading − ȳ),  x' −= α k y',  α = 1 / (1 + √(r / (⟨y'²⟩ + r)))
           t = max(0, 1 − (1 − ρ²) / ((W − 1) ρ²)) for rows of a crowd, else 1;  ρ correlation of x' and y', W worlds
Source     serial square-root filter: Whitaker, Hamill (2002), doi:10.1175/1520-0493(2002)130<1913:EDAWPO>2.0.CO;2;
           t takes away what the chance of W worlds adds to a squared correlation: after Anderson (2007),
           doi:10.1016/j.physd.2006.02.011
Assumes    Gaussian errors, independent between tags. Nothing is drawn, so a run repeats exactly. Past states may ride
           along as further rows: that is the ensemble smoother (Evensen, van Leeuwen 2000).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LIMIT_SD = 5.0
"""An innovation beyond this many expected deviations pulls no harder: an outlier must not throw the states away."""
CROWD = 0.25
"""Rows and tags that a reading reaches, as a share of the worlds, from which on chance correlations are taken away."""


@dataclass(frozen=True)
class Analysis:
    """Ensemble after one assimilation.

    Attributes: states [Z, W]; predicted [S, W], what the moved worlds expect to read; innovation [S], measured minus
    predicted mean before, NaN where missing; deviation [S], the spread that the filter expected of it (ensemble and
    sensor noise together).
    """

    states: Floats
    predicted: Floats
    innovation: Floats
    deviation: Floats


@dataclass(frozen=True)
class Reach:
    """Which rows of the states each tag may move, and which other tags' predictions: index arrays, one a tag."""

    rows: tuple[NDArray[np.intp], ...]
    tags: tuple[NDArray[np.intp], ...]


def everywhere(states: int, tags: int) -> Reach:
    """Each tag reaches everything."""
    return Reach((np.arange(states),) * tags, (np.arange(tags),) * tags)


def analyse(
    states: Floats, predicted: Floats, measured: Floats, noise_sd: Floats, reach: Reach | None = None
) -> Analysis:
    """Move the worlds towards one row of readings.

    Args:
        states: What may be corrected, shape [Z, W].
        predicted: What the sensors should read, shape [S, W].
        measured: What they read, shape [S], NaN where missing.
        noise_sd: Standard deviation of each reading, shape [S], > 0.
        reach: What each tag may move, everything by default.
    """
    count, worlds = states.shape
    reach = reach or everywhere(count, len(measured))
    innovation = measured - predicted.mean(axis=1)
    deviation = np.sqrt(predicted.var(axis=1, ddof=1) + noise_sd**2)
    joint = np.vstack([states, predicted])
    for tag in np.flatnonzero(np.isfinite(measured)):
        rows = np.concatenate([reach.rows[tag], count + reach.tags[tag]])
        y = joint[count + tag].copy()
        away = y - y.mean()
        variance = float(away @ away) / (worlds - 1)
        noise = float(noise_sd[tag]) ** 2
        if variance <= 0.0:
            continue
        part = joint[rows]
        gain = part @ away / (worlds - 1) / (variance + noise)
        if len(rows) > CROWD * worlds:
            gain *= _certain(gain * (variance + noise), part, variance)
        limit = LIMIT_SD * np.sqrt(variance + noise)
        step = np.clip(measured[tag] - y.mean(), -limit, limit)
        shrink = 1.0 / (1.0 + np.sqrt(noise / (variance + noise)))
        joint[rows] = part + gain[:, None] * (step - shrink * away)
    return Analysis(joint[:count], joint[count:], innovation, deviation)


def _certain(covariance: Floats, rows: Floats, variance: float) -> Floats:
    """Share of each covariance [Z] that is not chance."""
    worlds = rows.shape[1]
    squared = covariance**2 / np.maximum(rows.var(axis=1, ddof=1) * variance, 1e-300)
    chance = (1.0 - np.minimum(squared, 1.0)) / (worlds - 1)
    return np.asarray(np.maximum(1.0 - chance / np.maximum(squared, 1e-300), 0.0))
