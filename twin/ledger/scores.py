"""How good a forecast of tags was, once the day has been measured.

Equations  skill = 1 - CRPS / CRPS of a rival, mean over samples, then over tags in shares of their usual spread
           possible = 1 - (σ / √π) / CRPS of the rival, of one who knows all but the sensors' noise σ
Source     residual_models/intervals.py for the CRPS of a normal forecast; skill beside that of a perfect forecast:
           Murphy (1988), doi:10.1175/1520-0493(1988)116<2417:SSBOTM>2.0.CO;2
Assumes    a normal spread about the centre: level and half-width give it
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from residual_models import intervals

Array = NDArray[np.float64]

LEAST_SPREAD = 1e-12
"""A forecast without spread scores by its error; in any unit this is none."""


def sigma_of(half_width: Array, level: float) -> Array:
    """The normal spread that a band of that half-width and level stands for."""
    return np.asarray(half_width / stats.norm.ppf((1 + level) / 2))


def day_scores(
    measured: Array,
    central: Array,
    half_width: Array,
    held: Array,
    scale: Array,
    tags: tuple[str, ...],
    level: float,
    *,
    noise_sd: Array,
) -> dict[str, Any]:
    """Scores of one day's forecast beside persistence.

    Args:
        measured: Shape [T, S], NaN where nothing usable was read.
        central: The forecast, shape [T, S].
        half_width: Of its band, shape [S] or [T, S]; tags with an endless band are scored by their error alone.
        held: Persistence, shape [T, S]; its spread is the one that suits this very day best, which no forecast has.
        scale: Usual spread of each tag, shape [S]: what one number over all tags is made with.
        tags: Names, S.
        level: That the band promises.
        noise_sd: The sensors' own noise, shape [S], 0 where nobody states it.
    Returns: {crps_ratio, rmse_ratio, coverage, skill, possible, samples, tags: [{tag, rmse, crps, coverage, skill}]};
    ratios are shares of the usual spread, possible is the skill of a forecast that errs by the noise alone.
    """
    width = np.broadcast_to(half_width, measured.shape)
    spread = sigma_of(np.where(np.isfinite(width), width, 0.0), level)
    own = intervals.crps(measured, central, np.maximum(spread, LEAST_SPREAD))
    rival = intervals.crps(measured, held, np.maximum(np.sqrt(_mean((held - measured) ** 2)), LEAST_SPREAD))
    hits = intervals.covered(measured, central - width, central + width)
    per_tag = {"rmse": np.sqrt(_mean((central - measured) ** 2)), "crps": _mean(own), "coverage": _mean(hits)}
    against = _mean(rival)
    skill = 1 - per_tag["crps"] / np.where(against > 0, against, np.nan)
    rows = [
        {"tag": tag, "skill": float(skill[at]), **{name: float(values[at]) for name, values in per_tag.items()}}
        for at, tag in enumerate(tags)
        if np.isfinite(measured[:, at]).any()
    ]
    ratio, other = _overall(per_tag["crps"] / scale), _overall(against / scale)
    least = _overall(np.where(np.isfinite(per_tag["crps"]), noise_sd / np.sqrt(np.pi) / scale, np.nan))
    return {
        "crps_ratio": ratio,
        "rmse_ratio": _overall(per_tag["rmse"] / scale),
        "coverage": float(np.nanmean(hits)) if rows else float("nan"),
        "level": level,
        "skill": 1 - ratio / other if other > 0 else float("nan"),
        "possible": 1 - least / other if other > 0 else float("nan"),
        "samples": int(np.isfinite(measured).any(axis=1).sum()),
        "tags": rows,
    }


def _mean(values: Array) -> Array:
    """Mean per tag [S], NaN where nothing is known."""
    known = np.isfinite(values)
    total, count = np.where(known, values, 0.0).sum(axis=0), known.sum(axis=0)
    return np.asarray(np.divide(total, count, out=np.full(values.shape[1], np.nan), where=count > 0))


def _overall(per_tag: Array) -> float:
    known = per_tag[np.isfinite(per_tag)]
    return float(known.mean()) if len(known) else float("nan")
