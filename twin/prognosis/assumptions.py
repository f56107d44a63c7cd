"""Says which numbers of a part a forecast takes as exact although its life hangs on them.

A wear coefficient that nobody fitted, and for which nobody stated a spread, is the same in every world: the forecast
then looks surer than it is. Each such number is moved a little and a round of duty is run again. What changes the
observed quantities as well shows within a day; what moves wear alone is taken on trust, and is named.

Equations  e = d ln R / d ln p, by a forward difference
Symbols    R mean rate of wear, p the number; life goes with about p to the minus e
Source     logarithmic sensitivity, Varma, Morbidelli, Wu (1999), Parametric Sensitivity in Chemical Systems, chapter 2
Assumes    the first world that can be run speaks for all
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from physics.simulate.course import slow_names
from physics.simulate.duty_cycles import Duty, DutyCycles
from physics.simulate.rollout import Options
from twin.prediction.failure_modes import FailureMode
from twin.prediction.worlds import Worlds

MOVE = 0.01
"""Relative; large beside the integrator's error, small beside any curvature that matters here."""
LEAST = 0.5
"""Numbers that move life by less than half of their own error are not named."""
MOST_NAMED = 3
SILENT = 0.03
"""Observed peaks that answer by less than this share of the move, of their size, show no more than a day's wear."""
RTOL = 1e-6
"""Of the integrator: two rounds are told apart."""

TRIED = 4
"""Worlds that are tried until one runs."""

Floats = NDArray[np.float64]
Assumptions = tuple[dict[str, object], ...]


def assumptions(worlds: Worlds, duty: Duty, modes: Sequence[FailureMode]) -> tuple[Assumptions, ...]:
    """For each mode the numbers of its part that are taken as exact, {name, elasticity}, heaviest first.

    Args:
        worlds: At the time of the forecast.
        duty: How they are run, as in the forecast.
        modes: What can fail; a mode that watches no wear state has no entry.
    """
    names, slow = worlds.model.parameter_names, slow_names(worlds.model)
    assets = {mode.asset for mode in modes if mode.path in slow}
    exact = _exact(worlds, assets)
    rates, silent = _round(worlds, duty, exact)
    found = []
    for mode in modes:
        rows: list[dict[str, object]] = []
        if mode.path in slow and rates.size and rates[slow.index(mode.path), 0] > 0:
            own = [k for k, index in enumerate(exact) if silent[k] and names[index].startswith(f"{mode.asset}.")]
            rate = rates[slow.index(mode.path)]
            moved = np.log(np.maximum(rate[[k + 1 for k in own]], 1e-300) / rate[0]) / np.log1p(MOVE)
            order = [k for k in np.argsort(-np.abs(moved)) if LEAST <= abs(moved[k]) < np.inf][:MOST_NAMED]
            rows = [{"name": names[exact[own[k]]], "elasticity": float(moved[k])} for k in order]
        found.append(tuple(rows))
    return tuple(found)


def _exact(worlds: Worlds, assets: set[str]) -> list[int]:
    """Parameters of some assets that every world shares and that are not zero."""
    same = (worlds.parameters == worlds.parameters[:, :1]).all(axis=1) & (worlds.parameters[:, 0] != 0)
    return [int(k) for k in np.flatnonzero(same) if worlds.model.parameter_names[k].rpartition(".")[0] in assets]


def _round(worlds: Worlds, duty: Duty, exact: list[int]) -> tuple[Floats, NDArray[np.bool_]]:
    """Rate of every wear state as it is and with each number moved [S, 1 + numbers], and which numbers are silent.

    Rates are empty where none of the first worlds can be run.
    """
    count, slow = 1 + len(exact), worlds.model.slow
    factor = None if duty.factor is None else np.repeat(duty.factor[:, :1], count, axis=1)
    shares = np.asarray(duty.shares)
    worn = set(slow_names(worlds.model))
    watched = [index for index, name in enumerate(worlds.model.output_names) if name not in worn]
    asked = Duty(duty.blocks, shares if shares.ndim == 1 else shares[:, 0], duty.sample_s, factor)
    for world in range(min(TRIED, worlds.count)):
        parameters = np.repeat(worlds.parameters[:, world : world + 1], count, axis=1)
        for column, row in enumerate(exact, start=1):
            parameters[row, column] *= 1.0 + MOVE
        start = np.repeat(worlds.start[:, world : world + 1], count, axis=1)
        cycles = DutyCycles(worlds.model, asked, parameters, watched=watched, options=Options(rtol=RTOL))
        found = cycles.run(np.arange(count), start[slow], start)
        if found.alive[0]:
            base = found.peaks[:, :1]
            moved = np.abs(found.peaks - base) / np.where(base != 0, np.abs(base), np.inf)
            return np.where(found.alive, found.rate, np.nan), moved[:, 1:].max(axis=0, initial=0.0) <= SILENT * MOVE
    return np.zeros((0, count)), np.zeros(len(exact), np.bool_)
