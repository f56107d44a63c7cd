"""Gives each world the error that the model is known to have, so that predicted levels are honest.

The band says how far free-run predictions lay from the measurements; the posterior's spread explains a part of it. What
is left is drawn once per tag and world as a constant offset, equal in every run of that world: it widens the levels of
a baseline and its what-if alike and cancels in their difference.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from twin.prediction.worlds import normal_of
from twin.records.model import Band

Floats = NDArray[np.float64]


def offsets(outputs: Floats, tags: tuple[str, ...], band: Band | None, *, seed: int) -> Floats:
    """Offset of each tag in each world.

    Args:
        outputs: Baseline of the tags, shape [T, S, W]; its spread over worlds is what the posterior explains.
        tags: Names, S.
        band: Conformal band of the model version; None gives zeros.
        seed: Of the draws.
    Returns: Shape [S, W], SI.
    """
    worlds = outputs.shape[2]
    if band is None:
        return np.zeros((len(tags), worlds))
    normal = float(stats.norm.ppf((1 + band.level) / 2))
    half_width = np.array([band.half_width[tag][-1] if tag in band.half_width else 0.0 for tag in tags])
    alive = np.isfinite(outputs).all(axis=(0, 1))
    explained = outputs[:, :, alive].var(axis=2).mean(axis=0) if alive.any() else np.zeros(len(tags))
    spread = np.sqrt(np.maximum((half_width / normal) ** 2 - explained, 0.0))
    chance = normal_of(seed, worlds, tuple(f"model error of {tag}" for tag in tags))
    return np.asarray(spread[:, None] * chance)
