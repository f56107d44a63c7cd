"""Measurements on a common time grid."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class SignalWindow:
    """One stretch of a plant's log on a regular grid, ready for the engine.

    Attributes: start_us, UTC microseconds of the first sample; step_s; sensor_tags and measured [T, S] in SI, NaN where
    missing; mask [T, S], True where measured is usable (present, good quality, plant running); input_tags and driven
    [T, I], complete (held or interpolated as the tag declares, NaN never); running [T], False inside a declared stop;
    segments, half-open index ranges without a gap or stop, each simulated as one free run; watermark_us, the newest
    `received` time that was known when the window was cut.
    """

    plant: str
    start_us: int
    step_s: float
    sensor_tags: tuple[str, ...]
    measured: NDArray[np.float64]
    mask: NDArray[np.bool_]
    input_tags: tuple[str, ...]
    driven: NDArray[np.float64]
    running: NDArray[np.bool_]
    segments: tuple[tuple[int, int], ...]
    watermark_us: int

    @property
    def samples(self) -> int:
        """Number of samples, T."""
        return len(self.running)

    def times_us(self) -> NDArray[np.int64]:
        """UTC microseconds of each sample, shape [T]."""
        return self.start_us + np.round(np.arange(self.samples) * self.step_s * 1e6).astype(np.int64)

    def since(self, row: int) -> SignalWindow:
        """The window from a sample on."""
        kept = ((max(first, row) - row, last - row) for first, last in self.segments)
        return replace(
            self,
            start_us=self.start_us + round(row * self.step_s * 1e6),
            measured=self.measured[row:],
            mask=self.mask[row:],
            driven=self.driven[row:],
            running=self.running[row:],
            segments=tuple((first, last) for first, last in kept if last - first >= 2),
        )
