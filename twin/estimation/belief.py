"""A Gaussian over many numbers: what a reading teaches, draws, and the root that points stand on.

Equations  m += k (reading − m_y),  P −= k kᵀ s,  k = P_y / s,  s = P_yy + r
Symbols    m mean, P covariance, y the row that is read with noise of variance r
Source     Kalman (1960), doi:10.1115/1.3662552, one reading after the other
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twin.estimation.analysis import LIMIT_SD

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Belief:
    """Mean [R] and covariance [R, R]."""

    mean: Floats
    covariance: Floats

    def learned(self, at: int, reading: float, noise: float) -> Belief:
        """After a reading of row `at`; one beyond what is believable pulls no harder than that."""
        size = self.covariance[at, at] + noise
        gain = self.covariance[:, at] / size
        limit = LIMIT_SD * np.sqrt(size)
        step = np.clip(reading - self.mean[at], -limit, limit)
        return Belief(self.mean + gain * step, self.covariance - size * np.outer(gain, gain))

    def only(self, rows: NDArray[np.intp]) -> Belief:
        """Some of the rows."""
        return Belief(self.mean[rows], self.covariance[np.ix_(rows, rows)])

    def wider(self, variance: Floats) -> Belief:
        """With so much more variance of the first rows."""
        covariance = self.covariance.copy()
        covariance[np.diag_indices(len(variance))] += variance
        return Belief(self.mean, covariance)

    def root(self, variance: Floats) -> Floats:
        """L of covariance = L Lᵀ with so much more variance [R], which rounding must not eat up."""
        symmetric = (self.covariance + self.covariance.T) / 2.0
        return np.asarray(np.linalg.cholesky(symmetric + np.diag(variance)))

    def drawn(self, count: int, seed: int | tuple[int, ...]) -> Floats:
        """So many draws [R, W], whose means and spreads are the very ones that are believed."""
        values, vectors = np.linalg.eigh(self.covariance)
        chance = np.random.default_rng(seed).normal(size=(len(self.mean), count))
        away = vectors * np.sqrt(np.maximum(values, 0.0)) @ chance
        away -= away.mean(axis=1, keepdims=True)
        found = away.std(axis=1)
        wanted = np.sqrt(np.maximum(np.diag(self.covariance), 0.0))
        scale = np.divide(wanted, found, out=np.zeros_like(found), where=found > 0)
        return np.asarray(self.mean[:, None] + scale[:, None] * away)
