"""What a tag reads beside the model: autoregressions of its own, seen through white noise.

Equations  e = v + Σ b,  b_{k+1} = φ b_k + s √(1 − φ²) n,  φ = exp(−Δ / τ)
           means over m: variance f = s² (m + 2 Σ_{k<m} (m − k) φ^k) / m², to the next one s² φ (Σ_{k<m} φ^k)² / (m² f)
Symbols    s size, τ memory of a part b, v white sensor noise, Δ step, n standard normal
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
    """Of S tags: white noise [S] and J parts that last, sizes [J, S] in SI and memories [J, S] in seconds."""

    noise_sd: Floats
    sd: Floats
    memory_s: Floats

    @staticmethod
    def none(noise_sd: Floats) -> Disturbance:
        """White noise alone."""
        return Disturbance(noise_sd, np.zeros((1, len(noise_sd))), np.zeros((1, len(noise_sd))))

    def cautious(self) -> Disturbance:
        """The same with all of it as noise too, for worlds that keep parameters of their own.

        They part again in every chunk, and a filter that takes the same evidence anew each time overshoots: on the demo
        plant the hybrid's error of now is 17 % larger without this, that in twelve hours 4 % (docs/nights.md).
        """
        return Disturbance(np.sqrt(self.noise_sd**2 + (self.sd**2).sum(axis=0)), self.sd, self.memory_s)

    def means(self, samples: int, sample_s: float) -> tuple[Floats, Floats]:
        """Of means over so many samples: standard deviation [J, S], and correlation to the next mean [J, S]."""
        step = self._step(sample_s)
        lags = np.arange(1, samples)[:, None, None]
        variance = (samples + 2.0 * ((samples - lags) * step**lags).sum(axis=0)) / samples**2
        total = (step ** np.arange(samples)[:, None, None]).sum(axis=0)
        return self.sd * np.sqrt(variance), step * total**2 / samples**2 / variance

    def onward(self, lead_s: Floats, samples: int, sample_s: float) -> Floats:
        """Share of the last means over `samples` that is expected at each lead [T] after their end, shape [T, J, S]."""
        step = self._step(sample_s)
        size, _keep = self.means(samples, sample_s)
        last = (step ** np.arange(samples)[:, None, None]).mean(axis=0)
        share = np.divide(last * self.sd**2, size**2, out=np.zeros_like(size), where=size > 0)
        return np.asarray(share * np.exp(-lead_s[:, None, None] / np.maximum(self.memory_s, 1e-12)))

    def _step(self, sample_s: float) -> Floats:
        return np.exp(-sample_s / np.maximum(self.memory_s, 1e-12))


def told_apart(error: Floats, sample_s: float, stated: Floats) -> Disturbance:
    """The parts of a free run's error on samples that nobody trained on.

    Args:
        error: Measured minus predicted or the other way round, shape [T, S].
        sample_s: Seconds between samples.
        stated: The sensors' own noise [S], 0 where nobody says. What readings do not show from one to the next is not
            believed: their differences bound it.
    """
    found = [noise.parts(column) for column in error.T]
    jumps = np.array([_spread(np.diff(column)) / np.sqrt(2.0) for column in error.T])
    least = np.maximum(np.minimum(stated, jumps), SMALLEST_NOISE * np.array([_spread(column) for column in error.T]))
    white = np.array([part.white if np.isfinite(part.white) else 1.0 for part in found])
    sd, memory = np.zeros((2, max(len(part.slow) for part in found) + 1, len(found)))
    for at, part in enumerate(found):
        sd[: len(part.slow), at], memory[: len(part.slow), at] = part.slow, part.memory
    # The last part is what no error of this length can show: that it goes on from another level.
    sd[-1], memory[-1] = SHIFT_SHARE * np.sqrt(white**2 + (sd**2).sum(axis=0)), SHIFT_TIMES * len(error)
    return Disturbance(np.maximum(white, np.maximum(least, 1e-12)), sd, memory * sample_s)


SHIFT_SHARE, SHIFT_TIMES = 0.3, 1.0
"""Of an error's size, and of the time over which it is known: a level that may have moved when the model is used."""
SMALLEST_NOISE = 1e-3
"""Of an error's size: no reading is believed closer than that."""


def known(errors: Mapping[str, TagError], tags: Sequence[str]) -> Disturbance | None:
    """As a model version tells them; None where it does not."""
    if not tags or not all(tag in errors for tag in tags):
        return None
    count = max(len(errors[tag].sd) for tag in tags)
    sd, memory = np.zeros((2, max(count, 1), len(tags)))
    for at, tag in enumerate(tags):
        parts = len(errors[tag].sd)
        sd[:parts, at], memory[:parts, at] = errors[tag].sd, errors[tag].memory_s
    return Disturbance(np.array([errors[tag].noise_sd for tag in tags]), sd, memory)


def _spread(values: Floats) -> float:
    seen = values[np.isfinite(values)]
    return float(np.sqrt(np.mean(seen**2))) if len(seen) else 0.0
