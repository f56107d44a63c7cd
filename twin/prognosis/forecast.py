"""Says what fails next: chance by horizon, remaining life, present wear and what the spread comes from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twin.assembly.assembly import Assembly
from twin.prediction.failure_modes import modes_of
from twin.prediction.worlds import Worlds
from twin.prognosis.contributors import contributors
from twin.prognosis.duty import duty
from twin.prognosis.macro_steps import WearPaths, wear_paths
from twin.prognosis.remaining_life import SECONDS_PER_DAY, crossing_s, probability, quantiles_days
from twin.records.forecast import FailureForecast

Floats = NDArray[np.float64]

HORIZONS_DAYS = (1, 7, 30, 90)
STEPS_DAYS = (1.0, 3.0, 7.0, 14.0, 30.0, 60.0, 90.0)
"""Ends of the macro steps: short where a failure is near, with every horizon among them."""


def forecast(
    worlds: Worlds,
    assembly: Assembly,
    days: Floats,
    sample_s: float,
    *,
    issued_us: int,
    model_version: int,
    provenance: dict[str, Any],
    tell: Callable[[float], None] | None = None,
) -> tuple[FailureForecast, ...]:
    """Forecast every failure mode of the plant, most pressing first.

    Args:
        worlds: At the time of the forecast.
        assembly: Names the parts and their failures.
        days: Inputs of each day in the log, shape [T, I, D].
        sample_s: Seconds between the samples of a day.
        issued_us: Time of the forecast, UTC microseconds.
        model_version: That drew the worlds.
        provenance: Where the numbers come from.
        tell: Called with the share done.
    """
    modes = modes_of(assembly)
    times_s = [days * SECONDS_PER_DAY for days in STEPS_DAYS]
    typical = duty(worlds, days, sample_s)
    paths = wear_paths(worlds, typical.inputs, sample_s, modes=modes, times_s=times_s, scale=typical.scale, tell=tell)
    names, draws = uncertain(worlds)
    found = []
    for index, mode in enumerate(modes):
        life_s = crossing_s(paths.times_s, paths.watched[:, index], paths.limits[index])
        row = FailureForecast(
            asset=mode.asset,
            mode=mode.mode,
            issued_us=issued_us,
            probability={days: probability(life_s, days * SECONDS_PER_DAY) for days in HORIZONS_DAYS},
            remaining_days=quantiles_days(life_s, times_s[-1]),
            wear_now=_wear_now(paths, index),
            contributors=contributors(names, draws.T, life_s),
            action=mode.action,
            model_version=model_version,
            provenance=provenance,
        )
        found.append((float(np.nanmedian(np.append(life_s, np.inf))), row))
    return tuple(row for _life, row in sorted(found, key=lambda item: (item[0], item[1].asset, item[1].mode)))


def uncertain(worlds: Worlds) -> tuple[tuple[str, ...], Floats]:
    """What differs between worlds: drawn parameters and present wear, names [F] and values [F, W]."""
    model = worlds.model
    names = [name for name in worlds.names if name in model.parameter_names]
    values = [worlds.parameters[model.parameter_names.index(name)] for name in names]
    for index in np.flatnonzero(model.slow):
        names.append(f"{model.state_names[index]} now")
        values.append(worlds.start[index])
    return tuple(names), np.array(values, np.float64).reshape(len(names), worlds.count)


def _wear_now(paths: WearPaths, index: int) -> dict[str, float]:
    """Present wear over its limit: median and 90 % range."""
    ratio = paths.watched[0, index] / paths.limits[index]
    known = ratio[np.isfinite(ratio)]
    if known.size == 0:
        return {"median": float("nan"), "low": float("nan"), "high": float("nan")}
    low, median, high = np.quantile(known, (0.05, 0.5, 0.95))
    return {"median": float(median), "low": float(low), "high": float(high)}
