"""Brings wear from the time it was calibrated for to the time that is asked about.

Equations  d(t) = d(t₀) + ḋ (t − t₀), or d_new + ḋ (t − t_m) after maintenance at t_m
Assumes    wear between grew at the rate that the worlds show over the given run; slow against that run
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from physics.simulate.rollout import Options
from twin.assembly.assembly import Assembly
from twin.prediction.runs import run
from twin.prediction.worlds import Worlds
from twin.scene.scene import split_path

LOAD_ROWS, STRETCHES = 2000, 400
"""A longer log is averaged to so many rows, and those over at most so many stretches."""
WITHIN = (0.2, 0.4, 0.8)
"""Of its range in the log, that an input may move within a stretch; the first that gives few enough is taken. On the
bottling plant's week 0.2 gives 98 stretches and rates of wear within 0.02 % of every row's (median), 1.5 % at worst;
400 equal stretches, which mix running with standing, gave 0.23 % and 2.4 % in 1.4 times the time."""
RATE_RTOL = 1e-3
"""On the bottling plant rates of wear move by 2e-5 against rtol 1e-5, for six tenths of the time at 1e-4."""


def usual_rate(
    worlds: Worlds,
    inputs: NDArray[np.float64],
    sample_s: float,
    *,
    within: Sequence[float] = WITHIN,
    tell: Callable[[float], None] | None = None,
) -> NDArray[np.float64]:
    """Growth of every state per second over a stretch of log, shape [Z, W]; zero in worlds that fail.

    Args:
        worlds: At about the wear that they have in it.
        inputs: Everything known, not the last hours alone: who stands still on Sundays did not stand still all week;
            shape [T, I].
        sample_s: Seconds between samples.
        within: As `WITHIN`.
        tell: Called with the share done.
    """
    each = -(-len(inputs) // LOAD_ROWS)
    load = np.stack([block.mean(axis=0) for block in np.split(inputs, range(each, len(inputs), each))])
    state, alive = worlds.start, np.ones(worlds.count, np.bool_)
    pieces = stretches(load, within)
    for number, rows in enumerate(pieces):
        if tell is not None:
            tell(number / len(pieces))
        length_s = len(rows) * each * sample_s
        found = run(replace(worlds, start=state), rows.mean(axis=0)[None], length_s, options=Options(rtol=RATE_RTOL))
        state, alive = np.where(found.alive, found.final, worlds.start), alive & found.alive
    return np.where(alive, state - worlds.start, 0.0) / (len(load) * each * sample_s)


def stretches(load: NDArray[np.float64], within: Sequence[float] = WITHIN) -> list[NDArray[np.float64]]:
    """The rows [T, I] in pieces over which the inputs are about what they are on average: each takes few steps."""
    span = np.ptp(load, axis=0)
    scaled = load / np.where(span > 0, span, 1.0)
    for share in within:
        edges = _edges(scaled, share)
        if len(edges) <= STRETCHES:
            return np.split(load, edges[1:])
    each = -(-len(load) // STRETCHES)
    return np.split(load, range(each, len(load), each))


def _edges(scaled: NDArray[np.float64], share: float) -> list[int]:
    """Where stretches begin in which no column moves by more than `share`."""
    edges, low, high = [0], scaled[0], scaled[0]
    for at, row in enumerate(scaled[1:], start=1):
        low, high = np.minimum(low, row), np.maximum(high, row)
        if (high - low).max() > share:
            edges.append(at)
            low = high = row
    return edges


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
