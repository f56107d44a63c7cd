"""Predicts and corrects one macro step from rates that are known already, each world with step sizes of its own.

Equations  p = y + ∫ P dt, P through (k_n, k_n-1, k_n-2);  c = y + ∫ C dt, C through (k*, k_n, k_n-1);  over [0, h]
           error of c = |c − p| I_c / (I_p + I_c), with I the integrals of the products (t − t_i) that P and C leave out
Symbols    k rates, k* the one seen at p, a and b how long ago k_n-1 and k_n-2 were
Source     Adams with Milne's device, variable steps: Hairer, Nørsett, Wanner (1993), sections III.1 and III.5
Assumes    smooth rates; while fewer earlier rates are known, the error is that of an exponential with the same |c − p|

One new rate a step is what counts here: it costs a day or more of simulation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from physics.simulate.model import Floats

ORDERS = np.array([2.0, 3.0, 3.0])
"""Order of the error over the growth in a step, by how many earlier rates are known."""


@dataclass(frozen=True)
class History:
    """Rates at the beginning of a step and before.

    Attributes: rate [S, n]; earlier [2, S, n], newest first; ago_s [2, n], how long before; known [n], how many of
    the earlier ones count: 0, 1 or 2.
    """

    rate: Floats
    earlier: Floats
    ago_s: Floats
    known: NDArray[np.int64]

    @property
    def _slope(self) -> Floats:
        """(k_n − k_n-1) / a, zero where that is not known."""
        return np.where(self.known >= 1, (self.rate - self.earlier[0]) / self._ago(0), 0.0)

    def _ago(self, index: int) -> Floats:
        return np.where(self.known > index, self.ago_s[index], 1.0 + index)

    @property
    def _bend(self) -> Floats:
        """Second divided difference of the three rates, zero where they are not known."""
        a, b = self._ago(0), self._ago(1)
        return np.where(self.known == 2, (self._slope - (self.earlier[0] - self.earlier[1]) / (b - a)) / b, 0.0)

    def rate_after(self, h: Floats) -> Floats:
        """Rate at the end of h [n], from the past alone, never below zero; shape [S, n]."""
        return np.maximum(self.rate + h * self._slope + h * (h + self._ago(0)) * self._bend, 0.0)

    def predicted(self, h: Floats) -> Floats:
        """Growth over h [n], from the past alone, never below zero; shape [S, n]."""
        bend = (h**3 / 3 + self._ago(0) * h**2 / 2) * self._bend
        return np.maximum(h * self.rate + h**2 / 2 * self._slope + bend, 0.0)

    def corrected(self, h: Floats, ahead: Floats) -> Floats:
        """Growth over h with the rate at its end, never below zero."""
        bend = ((ahead - self.rate) / h - self._slope) / (h + self._ago(0))
        bend = np.where(self.known >= 1, bend, 0.0)
        return np.maximum(h * (self.rate + ahead) / 2 - h**3 / 6 * bend, 0.0)

    def error(self, h: Floats, predicted: Floats, corrected: Floats) -> Floats:
        """Estimated error of the corrected growth, shape [S, n]."""
        a, b = self._ago(0), self._ago(1)
        left_p = h**4 / 4 + (a + b) * h**3 / 3 + a * b * h**2 / 2
        left_c = h**4 / 12 + a * h**3 / 6
        apart = np.abs(corrected - predicted)
        share = apart / np.maximum(corrected, 1e-300)
        # An exponential e^z: shares of z / 2 by Euler and 5 z² / 12 by two rates, errors of z² / 12 and z³ / 24.
        few = np.where(self.known == 0, share / 3, (2.4**1.5 / 24) * np.sqrt(share))
        return apart * np.where(self.known == 2, left_c / (left_p + left_c), np.minimum(few, 1.0))
