"""How near forecasts come to the engine's, by tag and horizon, beside persistence and ARX."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residual_models.baselines import arx
from residual_models.world.surrogate import Surrogate

Floats = NDArray[np.float64]

SPAN_SHARE, NOISE_SDS = 0.02, 3.0
"""A forecast is near where it lies within a fiftieth of the tag's span or three of its noise's sds."""

ARX_ORDER, ARX_WORLDS = 3, 24


@dataclass(frozen=True)
class Score:
    """Share of (tag, horizon) forecasts near the truth [K] and RMS error over the span [K], for each of the models."""

    near: dict[str, Floats]
    rms: dict[str, Floats]

    def share(self, model: str) -> float:
        """Over all tags and horizons."""
        return float(self.near[model].mean())


def score(
    surrogate: Surrogate,
    values: Floats,
    truth: Floats,
    inputs: Floats,
    noise_sd: Floats,
    training: tuple[Floats, Floats],
) -> Score:
    """Forecast worlds from their first samples to their last.

    Args:
        surrogate: Trained.
        values: As sensors read, shape [W, T, S].
        truth: What the engine found, shape [W, T, S].
        inputs: Shape [W, T, I]; row k holds from sample k to k + 1.
        noise_sd: Per tag [S].
        training: Truth and inputs of worlds that ARX is fitted to.
    """
    first = surrogate.history
    later = truth[:, first:]
    runs = {
        "latent": surrogate.free_run(values[:, :first], inputs[:, :first], inputs[:, first - 1 :]),
        "persistence": np.repeat(values[:, first - 1 : first], later.shape[1], axis=1),
        "ARX": _arx(values, inputs, first, training),
    }
    allowed = np.maximum(SPAN_SHARE * surrogate.scale.span, NOISE_SDS * noise_sd)
    away = {name: np.abs(run - later) for name, run in runs.items()}
    return Score(
        {name: (gap <= allowed).mean(axis=(0, 2)) for name, gap in away.items()},
        {name: np.sqrt(((gap / surrogate.scale.span) ** 2).mean(axis=(0, 2))) for name, gap in away.items()},
    )


def _arx(values: Floats, inputs: Floats, first: int, training: tuple[Floats, Floats]) -> Floats:
    """One linear model for all worlds; what it is given between two worlds is hidden from it."""
    truth, driven = (a[:ARX_WORLDS] for a in training)
    worlds, length, tags = truth.shape
    mask = np.ones((worlds, length + ARX_ORDER, tags), np.bool_)
    mask[:, length:] = False
    padded = [np.concatenate([a, np.zeros((worlds, ARX_ORDER, a.shape[2]))], axis=1) for a in (truth, driven)]
    flat = [a.reshape(-1, a.shape[2]) for a in (*padded, mask)]
    fitted = arx.fit(flat[0], flat[1], flat[2].astype(np.bool_), ARX_ORDER)
    before = slice(first - ARX_ORDER, first)
    return np.stack([fitted.free_run(v[before], u[first - ARX_ORDER :]) for v, u in zip(values, inputs, strict=True)])
