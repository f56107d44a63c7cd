"""The conformal band of a model version: half-widths by lead from forecasts begun anew on samples nobody trained on."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from residual_models import intervals, noise
from twin.estimation.disturbance import Disturbance
from twin.estimation.forecasts import Forecasts
from twin.records.band import GROWTH_SPAN, LEAST_GROWTH, Band, TagError

Floats = NDArray[np.float64]

FEWEST = 9.0
"""Independent errors that a quantile of 90 % takes."""
PRIOR = 3.0
"""Errors that the worlds' own spread is worth. On EMPS a second ahead the last quarter of training errs by 0.9 mm, its
worlds spread by 2.6 mm."""

ROUNDING = 1e-9
"""Of the logarithm of a lead."""


@dataclass(frozen=True)
class Unseen:
    """Free runs on samples that their members had not seen.

    Attributes: error [T, S], measured minus predicted or the other way round, NaN elsewhere; run_s [T], seconds that
    each had gone on for.
    """

    error: Floats
    run_s: Floats


def grown(
    tags: tuple[str, ...],
    free: Unseen,
    made: Forecasts,
    measured: Floats,
    beside: Disturbance,
    *,
    step_s: float,
    level: float,
) -> Band:
    """A version's band: half-widths of forecasts by lead, then that of free runs, and what their error consists of.

    Where an error grows with the lead, a free run's grows as it does: the free run's width is then conformal over its
    errors in terms of that course, not over a beginning and an end alike.

    Args:
        tags: Whose band.
        free: Free runs of the same model.
        made: Forecasts from assimilated states on such samples, one stretch after the other.
        measured: Usable measurements on the window's grid, shape [T, S], NaN where nothing is.
        beside: The parts of the free run's error.
        step_s: Seconds between samples.
        level: To promise, e.g. 0.9.
    """
    off = made.of(measured) - made.central
    enough = np.isfinite(off).sum(axis=0).min(axis=1, initial=len(off)) >= FEWEST
    width, errors = {}, {}
    for at, tag in enumerate(tags):
        each = [_width(off[:, lead, at], made.spread[:, lead, at], level) for lead in np.flatnonzero(enough)]
        sizes = made.sizes(measured)[enough, at]
        width[tag] = (*map(float, settled(np.maximum.accumulate(each), sizes, made.leads[enough])), 1.0)
        sizes, memories = (tuple(map(float, parts[:, at])) for parts in (beside.sd, beside.memory_s))
        errors[tag] = TagError(float(beside.noise_sd[at]), sizes, memories)
    leads = tuple(float(lead) * step_s for lead in made.leads[enough])
    course = Band(level, (*leads, float("inf")), width, errors)
    # No world says how a free run spreads; where its errors are few, their own size stands in for that.
    shares = {tag: free.error[:, at] / course.at(tag, free.run_s, followed=False) for at, tag in enumerate(tags)}
    return replace(
        course,
        half_width={tag: (*width[tag][:-1], _width(share, share, level)) for tag, share in shares.items()},
    )


def settled(width: Floats, size: Floats, leads: NDArray[np.intp]) -> Floats:
    """Widths by lead [H] without growth that is only doubt.

    Long leads have few errors of their own, which widens them. Where the errors' size [H] no longer grows over the last
    `GROWTH_SPAN`, they take the width of the lead before it, which more forecasts know, as far as errors are larger.
    """
    log_lead = np.log(leads)
    since = log_lead[-1] - np.log(GROWTH_SPAN) if len(leads) else -np.inf
    if len(leads) == 0 or log_lead[0] > since + ROUNDING or size.min() <= 0.0:
        return width
    grown_by = np.log(size[-1]) - float(np.interp(since, log_lead, np.log(size)))
    if grown_by >= LEAST_GROWTH * np.log(GROWTH_SPAN):
        return width
    at = int(np.searchsorted(log_lead, since + ROUNDING, side="right")) - 1
    ratio = np.maximum(np.maximum.accumulate(size[at:]) / size[at], 1.0)
    return np.concatenate([width[:at], width[at] * ratio])


def _width(error: Floats, spread: Floats, level: float) -> float:
    """Half-width of one tag at one lead from forecasts in order of time and the worlds' spread in each, shape [R].

    Few errors of a calm hour say little of the next one: Student's t tells what those know that stand for themselves.
    Fewer than `FEWEST` know no quantile: their size takes its place, the worlds' spread counting as `PRIOR` more.
    """
    known = np.isfinite(error)
    if not known.any():
        return float("inf")
    count = float(known.sum() / noise.correlation_time(error))
    side = (1.0 + level) / 2.0
    if count >= FEWEST:
        return intervals.half_width(error, level) * float(stats.t.ppf(side, count) / stats.norm.ppf(side))
    seen, believed = float(np.mean(error[known] ** 2)), float(np.mean(spread[known] ** 2))
    joint = np.sqrt((count * seen + PRIOR * believed) / (count + PRIOR))
    return float(joint * stats.t.ppf(side, count + PRIOR))
