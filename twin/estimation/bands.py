"""The conformal band of a model version: half-widths by lead from forecasts begun anew on samples nobody trained on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from residual_models import intervals, noise
from twin.estimation.disturbance import Disturbance
from twin.estimation.forecasts import Forecasts
from twin.records.band import Band, TagError

Floats = NDArray[np.float64]

FEWEST = 9.0
"""Independent errors that 90 % takes: where a long lead has fewer, its largest error is the least half-width."""
PRIOR = 3.0
"""Errors that the worlds' own spread is worth. On EMPS a second ahead the last quarter of training errs by 0.9 mm, its
worlds spread by 2.6 mm."""


def grown(free: Band, made: Forecasts, measured: Floats, beside: Disturbance, *, step_s: float) -> Band:
    """A free run's band with the half-widths of forecasts before it, and with what its error consists of.

    Args:
        free: Band of free runs on samples that their members had not seen.
        made: Forecasts from assimilated states on such samples.
        measured: Usable measurements on the window's grid, shape [T, S], tags in the band's order.
        beside: The parts of the free run's error.
        step_s: Seconds between samples.
    """
    off = made.of(measured) - made.central
    enough = np.isfinite(off).sum(axis=0).min(axis=1, initial=len(off)) >= FEWEST
    width, errors = {}, {}
    for at, (tag, whole) in enumerate(free.half_width.items()):
        each = [_width(off[:, lead, at], made.spread[:, lead, at], free.level) for lead in np.flatnonzero(enough)]
        width[tag] = (*map(float, np.maximum.accumulate(each)), whole[-1])
        sizes, memories = (tuple(map(float, parts[:, at])) for parts in (beside.sd, beside.memory_s))
        errors[tag] = TagError(float(beside.noise_sd[at]), sizes, memories)
    leads = tuple(float(lead) * step_s for lead in made.leads[enough])
    return Band(free.level, (*leads, float("inf")), width, errors)


def _width(error: Floats, spread: Floats, level: float) -> float:
    """Half-width of one tag at one lead from forecasts in order of time and the worlds' spread in each, shape [R].

    Few errors of a calm hour say little of the next one: where fewer than `FEWEST` stand for themselves, the spread of
    the worlds counts as `PRIOR` more of them, and Student's t tells what so many know.
    """
    alike = noise.correlation_time(error)
    known = np.isfinite(error)
    count = float(known.sum() / alike)
    conformal = intervals.half_width(error, level, independent=max(count, FEWEST))
    if count >= FEWEST:
        return conformal
    seen, believed = float(np.mean(error[known] ** 2)), float(np.mean(spread[known] ** 2))
    joint = np.sqrt((count * seen + PRIOR * believed) / (count + PRIOR))
    return max(conformal, float(joint * stats.t.ppf((1.0 + level) / 2.0, count + PRIOR)))
