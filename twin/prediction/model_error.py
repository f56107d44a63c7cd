"""Gives each world the error that the model is known to have, so that predicted levels are honest.

The band says how far free-run predictions lay from the measurements; the posterior's spread explains a part of it. What
is left is drawn once per tag and world as an offset that grows with the lead as the band does, equal in every run of
that world: it widens the levels of a baseline and its what-if alike and cancels in their difference.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from twin.prediction.worlds import normal_of
from twin.records.band import Band

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Offsets:
    """What each tag lies beside its prediction: a size [T, S] that grows with the lead, times chance [S, W]."""

    size: Floats
    chance: Floats

    def add(self, *outputs: Floats) -> None:
        """Move the outputs of the tags [T, S, W] of each run, where they lie, by their offsets, the same in all."""
        offset = self.size[:, :, None] * self.chance
        for own in outputs:
            own += offset


def offsets(
    outputs: Floats, tags: tuple[str, ...], band: Band | None, *, sample_s: float, followed: bool, seed: int
) -> Offsets:
    """Offsets of each tag, SI.

    Args:
        outputs: Baseline of the tags, shape [T, S, W]; its spread over worlds is what the posterior explains.
        tags: Names, S.
        band: Conformal band of the model version; None gives zeros.
        sample_s: Seconds between the samples ahead.
        followed: Whether the worlds begin where the log was followed to.
        seed: Of the draws.
    """
    chance = normal_of(seed, outputs.shape[2], tuple(f"model error of {tag}" for tag in tags))
    if band is None:
        return Offsets(np.zeros(outputs.shape[:2]), chance)
    normal = float(special.ndtri((1 + band.level) / 2))
    lead_s = np.asarray((np.arange(len(outputs)) + 1.0) * sample_s, np.float64)
    half_width = np.stack([np.nan_to_num(band.at(tag, lead_s, followed=followed)) for tag in tags], axis=1)
    alive = np.isfinite(outputs).all(axis=(0, 1))
    kept = outputs if alive.all() else outputs[:, :, alive]
    explained = np.zeros(half_width.shape)
    for tag in range(len(tags) if alive.any() else 0):  # one at a time stays in the cache
        explained[:, tag] = kept[:, tag].var(axis=1)
    return Offsets(np.sqrt(np.maximum((half_width / normal) ** 2 - explained, 0.0)), chance)
