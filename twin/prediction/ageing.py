"""Brings wear from the time it was calibrated for to the time that is asked about.

Equations  d(t) = d(t₀) + ḋ (t − t₀), or d_new + ḋ (t − t_m) after maintenance at t_m
Assumes    wear between grew at the rate that the worlds show over the given run; slow against that run
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from physics.simulate.rollout import Options
from twin.assembly.assembly import Assembly
from twin.prediction.runs import run
from twin.prediction.worlds import Worlds
from twin.scene.scene import split_path

LOAD_ROWS = 400
"""The load of a longer log is averaged to so many rows: what matters for wear is how long the plant ran how hard."""
RATE_RTOL = 1e-3
"""On the bottling plant rates of wear move by 2e-5 against rtol 1e-5, for six tenths of the time at 1e-4."""


def usual_rate(worlds: Worlds, inputs: NDArray[np.float64], sample_s: float) -> NDArray[np.float64]:
    """Growth of every state per second over a stretch of log, shape [Z, W]; zero in worlds that fail.

    Args:
        worlds: At about the wear that they have in it.
        inputs: Everything known, not the last hours alone: who stands still on Sundays did not stand still all week;
            shape [T, I].
        sample_s: Seconds between samples.
    """
    each = -(-len(inputs) // LOAD_ROWS)
    blocks = np.split(inputs, range(each, len(inputs), each))
    load = np.stack([block.mean(axis=0) for block in blocks])
    found = run(worlds, load, each * sample_s, options=Options(rtol=RATE_RTOL))
    grown = np.where(found.alive, found.final - worlds.start, 0.0)
    return np.asarray(grown / (len(load) * each * sample_s))


def age(
    worlds: Worlds,
    assembly: Assembly,
    rate_per_s: NDArray[np.float64],
    elapsed_s: float,
    since_maintenance_s: Mapping[str, float],
) -> Worlds:
    """The worlds with their wear states moved on.

    Args:
        worlds: At the time of calibration.
        assembly: Declares what a new part starts with.
        rate_per_s: Growth of every state, shape [Z, W]; only that of wear states counts, and never below zero.
        elapsed_s: From calibration to now.
        since_maintenance_s: Seconds since the last maintenance of an asset, where there was one after calibration.
    """
    types = {part.id: assembly.types[part.type] for part in assembly.plant.parts}
    start = worlds.start.copy()
    for index, name in enumerate(worlds.model.state_names):
        if not worlds.model.slow[index]:
            continue
        asset, quantity = split_path(name)
        grown = np.maximum(np.nan_to_num(rate_per_s[index]), 0.0)
        if asset in since_maintenance_s:
            declared = types[asset].declaration.by_name.get(quantity)
            start[index] = (0.0 if declared is None else declared.default) + grown * since_maintenance_s[asset]
        else:
            start[index] += grown * elapsed_s
    return replace(worlds, start=start)
