"""Says what fails next: chance by horizon, remaining life, present wear and what the spread comes from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from physics.simulate.course import Control, Course, Limit, slow_names
from physics.simulate.horizon import march
from physics.simulate.rollout import Options
from twin.assembly.assembly import Assembly
from twin.prediction.failure_modes import FailureMode, limit_of, modes_of
from twin.prediction.future import LoggedDays
from twin.prediction.worlds import Worlds
from twin.prognosis.assumptions import assumptions
from twin.prognosis.contributors import contributors
from twin.prognosis.maintenance_date import FAILURE_COST_RATIO, cheapest_date
from twin.prognosis.remaining_life import SECONDS_PER_DAY, probability, prolonged, quantiles_days
from twin.prognosis.representative_days import Representatives, choose, coming_days, duty
from twin.records.forecast import FailureForecast

Floats = NDArray[np.float64]

HORIZONS_DAYS = (1, 7, 30, 90, 365)
"""A chance to fail is given for each; remaining life is known as far as the last."""
CONTROL = Control(rtol=3e-3, options=Options(rtol=1e-3))
"""Error of a macro step over its growth: with what adds up, below one per cent of wear and of time to failure. Within a
day wear is a sum over many steps: on the demo plant 1e-3 each is as right as 1e-6, to 1e-4, and a third cheaper.
"""
LEAST_GROWTH = 1e-3
"""Wear that grows by less of its limit's order says nothing about the steps."""
UNSETTLED = 0.05
"""A fast state that is farther than this from repeating itself day by day, over its size, is named."""


def forecast(
    worlds: Worlds,
    assembly: Assembly,
    days: LoggedDays,
    sample_s: float,
    *,
    issued_us: int,
    model_version: int,
    provenance: dict[str, Any],
    failure_cost_ratio: float = FAILURE_COST_RATIO,
    tell: Callable[[float], None] | None = None,
) -> tuple[FailureForecast, ...]:
    """Forecast every failure mode of the plant, most pressing first.

    Args:
        worlds: At the time of the forecast; the model observes every mode's quantity.
        assembly: Names the parts and their failures.
        days: Of the log.
        sample_s: Seconds between the samples of a day.
        issued_us: Time of the forecast, UTC microseconds.
        model_version: That drew the worlds.
        provenance: Where the numbers come from; how the horizon was covered is added.
        failure_cost_ratio: Cost of a failure over that of planned maintenance.
        tell: Called with the share done.
    """
    modes = modes_of(assembly)
    if not modes:
        return ()
    limits = [Limit(mode.path, limit_of(mode, worlds)) for mode in modes]
    typical = choose(worlds, days, sample_s, worn=_worn(worlds, limits))
    ends_s = [0.0, *(horizon * SECONDS_PER_DAY for horizon in HORIZONS_DAYS)]
    coming = duty(worlds, days, sample_s, typical)
    course = march(
        worlds.model, coming, times_s=ends_s, parameters=worlds.parameters,
        start=worlds.start, limits=limits, control=CONTROL, progress=tell,
    )  # fmt: skip
    ahead = _Ahead(worlds, limits, course, typical.growth @ coming_days(days, worlds.count, worlds.seed))
    exact = assumptions(worlds, coming, modes)
    shared: dict[str, Any] = {
        "issued_us": issued_us,
        "model_version": model_version,
        "provenance": {**provenance, "horizon": _covered(worlds, days, typical, course)},
    }
    found = []
    for index, mode in enumerate(modes):
        life_s = _life_s(ahead, index)
        told = _told(ahead, index, mode, life_s, failure_cost_ratio)
        row = FailureForecast(mode.asset, mode.mode, action=mode.action, assumed=exact[index], **told, **shared)
        found.append((float(np.nanmedian(np.append(life_s, np.inf))), row))
    return tuple(row for _life, row in sorted(found, key=lambda item: (item[0], item[1].asset, item[1].mode)))


@dataclass(frozen=True)
class _Ahead:
    """What was run: worlds, their limits, how their wear went, and how the days that each drew wear [S, W]."""

    worlds: Worlds
    limits: Sequence[Limit]
    course: Course
    pace: Floats


def _told(ahead: _Ahead, index: int, mode: FailureMode, life_s: Floats, failure_cost_ratio: float) -> dict[str, Any]:
    """What follows for one failure mode from the lives of all worlds [W]."""
    limit, horizon_s = ahead.limits[index], float(ahead.course.times_s[-1])
    names, draws = _differing(ahead, mode)
    return {
        "probability": {days: probability(life_s, days * SECONDS_PER_DAY) for days in HORIZONS_DAYS},
        "remaining_days": quantiles_days(life_s, horizon_s),
        "wear_now": _wear_now(_watched(ahead, limit)[0] / limit.value),
        "contributors": contributors(names, draws.T, life_s),
        "maintenance": cheapest_date(
            life_s, _age_s(ahead, limit), horizon_s=horizon_s, failure_cost_ratio=failure_cost_ratio
        ),
    }


def _worn(worlds: Worlds, limits: Sequence[Limit]) -> Floats:
    """Wear half-way to the limits, shape [S, W]."""
    names, wear = slow_names(worlds.model), worlds.start[worlds.model.slow]
    worn = wear.copy()
    for limit in limits:
        if limit.path in names:
            row = names.index(limit.path)
            worn[row] = np.maximum(wear[row], (wear[row] + limit.value) / 2)
    return worn


def _watched(ahead: _Ahead, limit: Limit) -> Floats:
    """What a failure mode watches at the asked times, shape [K, W]: a wear state, or the peak of an output."""
    names, course = slow_names(ahead.worlds.model), ahead.course
    if limit.path in names:
        return course.wear[:, names.index(limit.path)]
    return course.peaks[:, course.watched.index(limit.path)]


def _life_s(ahead: _Ahead, index: int) -> Floats:
    """Remaining life of every world, shape [W]: beyond the horizon at the last rate (an output: over the last span)."""
    limit, course, names = ahead.limits[index], ahead.course, slow_names(ahead.worlds.model)
    path, horizon_s = _watched(ahead, limit), float(course.times_s[-1])
    if limit.path in names:
        rate = course.rate[names.index(limit.path)]
    else:
        rate = (path[-1] - path[-2]) / (horizon_s - float(course.times_s[-2]))
    return prolonged(course.reached_s[index], horizon_s, path[-1], limit.value, rate)


def _age_s(ahead: _Ahead, limit: Limit) -> Floats:
    """How long each world's part would have run to its present wear at its present pace, shape [W]; an output: 0."""
    path, times_s = _watched(ahead, limit), ahead.course.times_s
    if limit.path not in slow_names(ahead.worlds.model):
        return np.zeros(ahead.worlds.count)
    pace = (path[1] - path[0]) / (times_s[1] - times_s[0])
    return np.asarray(np.divide(path[0], pace, out=np.zeros_like(pace), where=pace > 0))


def _differing(ahead: _Ahead, mode: FailureMode) -> tuple[tuple[str, ...], Floats]:
    """What differs between worlds, and how much the days that each drew wear this mode's state, shape [F, W]."""
    (names, draws), slow = uncertain(ahead.worlds), slow_names(ahead.worlds.model)
    if mode.path not in slow:
        return names, draws
    return (*names, "days to come"), np.vstack([draws, ahead.pace[slow.index(mode.path)]])


def _covered(worlds: Worlds, days: LoggedDays, typical: Representatives, course: Course) -> dict[str, Any]:
    """How the horizon was covered: which days stand for it, what was run in full, how sure the steps are."""
    grown = course.wear[-1] - course.wear[0]
    error = np.divide(course.error, grown, out=np.zeros_like(grown), where=grown > LEAST_GROWTH)
    drifting = np.flatnonzero(course.unsettled > UNSETTLED)
    return {
        "days_in_log": int(days.inputs.shape[2]),
        "days_chosen": len(typical.chosen),
        "wear_mismatch_ratio": typical.mismatch,
        "wear_mismatch_unscaled_ratio": typical.unscaled,
        "simulated_days": float(course.simulated_s.max()) / SECONDS_PER_DAY,
        "macro_steps": int(course.steps.max()),
        "step_error_ratio": float(np.nanmax(error)) if np.isfinite(error).any() else None,
        "worlds_lost": int(np.isfinite(course.lost_s).sum()),
        "unsettled": [worlds.model.state_names[index] for index in drifting],
    }


def uncertain(worlds: Worlds) -> tuple[tuple[str, ...], Floats]:
    """What differs between worlds: drawn parameters and present wear, names [F] and values [F, W]."""
    model = worlds.model
    names = [name for name in worlds.names if name in model.parameter_names]
    values = [worlds.parameters[model.parameter_names.index(name)] for name in names]
    for name, wear in zip(slow_names(model), worlds.start[model.slow], strict=True):
        names.append(f"{name} now")
        values.append(wear)
    return tuple(names), np.array(values, np.float64).reshape(len(names), worlds.count)


def _wear_now(ratio: Floats) -> dict[str, float]:
    """Present wear over its limit [W]: median and 90 % range."""
    known = ratio[np.isfinite(ratio)]
    if known.size == 0:
        return {"median": float("nan"), "low": float("nan"), "high": float("nan")}
    low, median, high = np.quantile(known, (0.05, 0.5, 0.95))
    return {"median": float(median), "low": float(low), "high": float(high)}
