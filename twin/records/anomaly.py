"""How surprising the readings were, row by row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class AnomalyEpisode:
    """One alarm from its first to its last row; peak, the highest score over the margin; tag, which read oddest."""

    start_us: int
    end_us: int
    peak_ratio: float
    tag: str


@dataclass(frozen=True)
class AnomalySignal:
    """The innovations of a followed plant, made one signal.

    Attributes: times_us [T]; tags [S]; innovations [T, S], of the followed model over their expected spread, NaN where
    missing; score [T], over the limit that the learned rows set; share [T, S], of each tag in it, adding up to 1 (both
    NaN where no tag was read); measured [T], False there; learned [T], rows that taught what is usual; margin, how far
    over the limit a score must be to alarm; alarm [T]; episodes, in order of time; model_version, 0 for physics at the
    priors.
    """

    plant: str
    times_us: NDArray[np.int64]
    tags: tuple[str, ...]
    innovations: NDArray[np.float64]
    score: NDArray[np.float64]
    share: NDArray[np.float64]
    measured: NDArray[np.bool_]
    learned: NDArray[np.bool_]
    margin: float
    alarm: NDArray[np.bool_]
    episodes: tuple[AnomalyEpisode, ...]
    model_version: int
