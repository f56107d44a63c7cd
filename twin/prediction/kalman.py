"""Corrects an ensemble of worlds by what the sensors read.

Symbols    X states [Z, W], Y predicted readings [S, W], ' deviations from the mean, R noise variance, W worlds
Equations  C = Y'ᵀ R⁻¹ Y',  Q = ((W−1) I + C)⁻¹,  mean += X' Q Y'ᵀ R⁻¹ (y − Ȳ),  X' ← X' (√(W−1) Q^½),
           Q by the singular values of R^-½ Y'
Source     ensemble transform filter with the symmetric root: Hunt, Kostelich, Szunyogh (2007),
           doi:10.1016/j.physd.2006.11.008
Assumes    Gaussian errors; the worlds span the uncertain directions. Nothing is drawn, so a run repeats exactly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LIMIT_SD = 5.0
"""An innovation beyond this many expected deviations pulls no harder: an outlier must not throw the states away."""


@dataclass(frozen=True)
class Analysis:
    """Ensemble after one assimilation.

    Attributes: states [Z, W]; innovation [S], measured minus predicted mean, NaN where missing; deviation [S], the
    spread that the filter expected of it (ensemble and sensor noise together).
    """

    states: NDArray[np.float64]
    innovation: NDArray[np.float64]
    deviation: NDArray[np.float64]


def analyse(
    states: NDArray[np.float64],
    predicted: NDArray[np.float64],
    measured: NDArray[np.float64],
    noise_sd: NDArray[np.float64],
) -> Analysis:
    """Move the worlds towards one row of readings.

    Args:
        states: What may be corrected, shape [Z, W].
        predicted: What the sensors should read, shape [S, W].
        measured: What they read, shape [S], NaN where missing.
        noise_sd: Standard deviation of each reading, shape [S], > 0.
    """
    worlds = states.shape[1]
    mean_y = predicted.mean(axis=1)
    spread_y = predicted - mean_y[:, None]
    innovation = measured - mean_y
    deviation = np.sqrt((spread_y**2).sum(axis=1) / (worlds - 1) + noise_sd**2)
    seen = np.isfinite(measured)
    if not seen.any():
        return Analysis(states, innovation, deviation)
    scaled = spread_y[seen] / noise_sd[seen, None]
    # Only the directions that the readings see change; all others keep their deviations: S columns instead of W.
    left, size, right = np.linalg.svd(scaled, full_matrices=False)
    seen_size = worlds - 1 + size**2
    mean_x = states.mean(axis=1, keepdims=True)
    along = (states - mean_x) @ right.T
    believed = np.clip(innovation, -LIMIT_SD * deviation, LIMIT_SD * deviation)[seen]
    shift = along @ (size / seen_size * (left.T @ (believed / noise_sd[seen])))
    shrink = np.sqrt((worlds - 1) / seen_size) - 1.0
    return Analysis(states + shift[:, None] + (along * shrink) @ right, innovation, deviation)
