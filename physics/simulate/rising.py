"""A curve that never falls through two points with given slopes: what wear did within one macro step.

Equations  y(θ) = y₀ + (y₁ − y₀) (3 θ² − 2 θ³) + h (k₀ θ (1 − θ)² − k₁ θ² (1 − θ)),  0 ≤ θ ≤ 1
Symbols    θ share of the step, h its length, k slopes, δ = (y₁ − y₀) / h; slopes with k₀² + k₁² > 9 δ² are scaled back
Source     Fritsch, Carlson (1980), doi:10.1137/0717021, section 4 (circle of radius 3): then y never falls
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from physics.simulate.model import Floats

HALVINGS = 60
"""Of the step, when a level is looked for: the last one is below the rounding of a double."""


@dataclass(frozen=True)
class Rising:
    """Curves of S quantities in n worlds: span [n], s; first and last [S, n], last >= first; slopes [S, n], >= 0."""

    span: Floats
    first: Floats
    last: Floats
    slope_first: Floats
    slope_last: Floats

    def row(self, index: int) -> Rising:
        """The curve of one quantity, S = 1."""
        own = slice(index, index + 1)
        return Rising(self.span, self.first[own], self.last[own], self.slope_first[own], self.slope_last[own])

    @property
    def _scale(self) -> Floats:
        """What is left of the slopes so that the curve never falls."""
        size, most = self.span * np.hypot(self.slope_first, self.slope_last), 3.0 * (self.last - self.first)
        return np.divide(most, size, out=np.ones_like(size), where=size > most)

    def at(self, share: Floats) -> Floats:
        """Values at shares of the step, shape [n] or [S, n]; returns [S, n]."""
        gain, rest = self.last - self.first, 1.0 - share
        bend = self.slope_first * share * rest**2 - self.slope_last * share**2 * rest
        return np.asarray(self.first + gain * share**2 * (3 - 2 * share) + self.span * self._scale * bend)

    def slope(self, share: Floats) -> Floats:
        """Growth per second at shares of the step, never below zero, shape [S, n]."""
        gain, rest = self.last - self.first, 1.0 - share
        first = self.slope_first * rest * (1 - 3 * share) - self.slope_last * share * (2 - 3 * share)
        return np.maximum(6 * gain / self.span * share * rest + self._scale * first, 0.0)

    def reaches(self, level: Floats) -> Floats:
        """Share of the step at which each quantity reaches its level, shape [S, n].

        Returns: 0 where it is there already, infinity where it is not reached.
        """
        there, later = self.first >= level, self.last >= level
        found = np.where(later, 1.0, np.inf)
        if (later & ~there).any():
            low, high = np.zeros_like(level), np.ones_like(level)
            for _ in range(HALVINGS):
                middle = (low + high) / 2
                above = self.at(middle) >= level
                low, high = np.where(above, low, middle), np.where(above, middle, high)
            found = np.where(later, high, np.inf)
        return np.where(there, 0.0, found)
