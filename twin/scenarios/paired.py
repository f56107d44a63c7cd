"""Compares two runs world by world: the difference is sharper than either run alone.

Symbols    d_i scenario minus baseline in world i, W worlds, t Student quantile
Source     common random numbers: Law, Simulation Modeling and Analysis (2015), section 11.2; the interval is
           the paired t interval, Student (1908), doi:10.2307/2331554
Assumes    worlds are independent of each other; a world's two runs share every draw
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

LEVEL = 0.90
MEAN_LEVEL = 0.95
# Below this share of the larger run a difference is the solver's (rtol 1e-4), not an effect of the change.
NEGLIGIBLE = 1e-6


@dataclass(frozen=True)
class Spread:
    """Median and 90 % range of one figure over worlds."""

    median: float
    low: float
    high: float


@dataclass(frozen=True)
class Difference:
    """Paired difference: range over worlds, mean with its 95 % interval, and whether that leaves out zero.

    Attributes: worlds_needed, how many worlds would separate the two runs if mean and spread stay as they are; None
    where no number would, because nothing differs.
    """

    spread: Spread
    mean: float
    mean_low: float
    mean_high: float
    separated: bool
    worlds_needed: int | None


def spread(values: NDArray[np.float64]) -> Spread:
    """Median and the range that holds the middle 90 % of the finite worlds, values [W]; NaN where none is finite."""
    finite = values[np.isfinite(values)]
    if finite.size == 0:
        return Spread(float("nan"), float("nan"), float("nan"))
    low, median, high = np.quantile(finite, [(1 - LEVEL) / 2, 0.5, (1 + LEVEL) / 2])
    return Spread(float(median), float(low), float(high))


def difference(baseline: NDArray[np.float64], scenario: NDArray[np.float64]) -> Difference:
    """Scenario minus baseline over the worlds that are finite in both, arrays [W]."""
    both = np.isfinite(baseline) & np.isfinite(scenario)
    delta = (scenario - baseline)[both]
    if delta.size < 2:
        nan = float("nan")
        return Difference(spread(delta), float(delta[0]) if delta.size else nan, nan, nan, False, None)
    scale = max(float(np.abs(baseline[both]).max()), float(np.abs(scenario[both]).max()))
    if float(np.abs(delta).max()) <= NEGLIGIBLE * scale:
        return Difference(Spread(0.0, 0.0, 0.0), 0.0, 0.0, 0.0, False, None)
    mean, deviation = float(delta.mean()), float(delta.std(ddof=1))
    half = student(delta.size) * deviation / np.sqrt(delta.size)
    return Difference(
        spread(delta),
        mean,
        float(mean - half),
        float(mean + half),
        bool(abs(mean) > half),
        worlds_needed(mean, deviation),
    )


def student(worlds: int) -> float:
    """Half-width of the mean's interval over its standard error."""
    return float(special.stdtrit(worlds - 1, (1 + MEAN_LEVEL) / 2))


def worlds_needed(mean: float, deviation: float) -> int | None:
    """Smallest W ≥ 2 whose 95 % paired interval would leave out zero; None for a mean of zero."""
    if mean == 0.0:
        return None
    normal = float(special.ndtri((1 + MEAN_LEVEL) / 2))
    worlds = max(2, int(np.ceil((normal * deviation / mean) ** 2)))
    while student(worlds) * deviation / np.sqrt(worlds) >= abs(mean):
        worlds += max(1, worlds // 100)
    return worlds
