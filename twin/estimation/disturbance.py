"""What a tag reads beside the model: an autoregression of its own, seen through white noise.

Equations  e = b + v,  b_{k+1} = φ b_k + s √(1 − φ²) n,  φ = exp(−Δ / τ)
           means over m: variance f = s² (m + 2 Σ_{k<m} (m − k) φ^k) / m², to the next one s² φ (Σ_{k<m} φ^k)² / (m² f)
Symbols    s size, τ memory, v white sensor noise, Δ step, n standard normal
Assumes    tags have disturbances of their own; of means, the next one depends on the last one alone
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residual_models import noise
from twin.records.band import TagError

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Disturbance:
    """Of S tags: white noise and slow part in SI, memory of the slow part in seconds, each of shape [S]."""

    noise_sd: Floats
    sd: Floats
    memory_s: Floats

    def means(self, samples: int, sample_s: float) -> tuple[Floats, Floats]:
        """Size and memory of the means over so many samples: standard deviation [S] and correlation to the next [S]."""
        step = self._step(sample_s)
        lags = np.arange(1, samples)[:, None]
        variance = (samples + 2.0 * ((samples - lags) * step**lags).sum(axis=0)) / samples**2
        total = (step ** np.arange(samples)[:, None]).sum(axis=0)
        return self.sd * np.sqrt(variance), step * total**2 / samples**2 / variance

    def onward(self, lead_s: Floats, samples: int, sample_s: float) -> Floats:
        """Share of the last mean over `samples` that is expected at each lead [T] after its end, shape [T, S]."""
        step = self._step(sample_s)
        size, _keep = self.means(samples, sample_s)
        last = (step ** np.arange(samples)[:, None]).mean(axis=0)
        share = np.divide(last * self.sd**2, size**2, out=np.zeros_like(size), where=size > 0)
        return np.asarray(share * np.exp(-lead_s[:, None] / np.maximum(self.memory_s, 1e-12)))

    def _step(self, sample_s: float) -> Floats:
        return np.exp(-sample_s / np.maximum(self.memory_s, 1e-12))


def told_apart(error: Floats, sample_s: float, floor: Floats) -> Disturbance:
    """The parts of a free run's error [T, S] on samples that nobody trained on; `floor` [S], the sensors' own noise."""
    found = [noise.parts(column) for column in error.T]
    white = np.array([part.white if np.isfinite(part.white) else 1.0 for part in found])
    memory = np.array([part.memory for part in found]) * sample_s
    return Disturbance(np.maximum(white, floor), np.array([part.slow for part in found]), memory)


def known(errors: Mapping[str, TagError], tags: Sequence[str]) -> Disturbance | None:
    """As a model version tells them; None where it does not."""
    if not all(tag in errors for tag in tags):
        return None
    rows = np.array([(errors[tag].noise_sd, errors[tag].sd, errors[tag].memory_s) for tag in tags], np.float64)
    return Disturbance(*rows.reshape(-1, 3).T.copy())
