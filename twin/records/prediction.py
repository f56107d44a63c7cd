"""What the model says the sensors read, beside what they did read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Prediction:
    """Free-run prediction of a window.

    Attributes: times_us [T]; tags; mean, physics (same model, corrections zero), low and high [T, S] in SI; in_support
    [T], False where a correction's features left its training data and faded out.
    """

    times_us: NDArray[np.int64]
    tags: tuple[str, ...]
    mean: NDArray[np.float64]
    physics: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    in_support: NDArray[np.bool_]


@dataclass(frozen=True)
class Trend:
    """A prediction beside what was measured.

    Attributes: prediction; measured [T, S] in SI, NaN where nothing usable was read; units, the SI unit per tag;
    model_version, None for physics at the priors; level, the promised coverage of low to high.
    """

    prediction: Prediction
    measured: NDArray[np.float64]
    units: dict[str, str]
    model_version: int | None
    level: float
