"""Carries wear over months: one representative duty cycle gives the rate, a macro step spans many of them.

Equations  r(d) = (d(end of cycle) − d) / c;  p = d + h r(d),  d⁺ = d + h (r(d) + r(p)) / 2 − c (r(p) − r(d)) / 2
Symbols    d wear states, h macro step, c length of a cycle; the last term counts that r(d) is the rate half a cycle on
Source     Heun's rule, order 2 in h: Hairer, Nørsett, Wanner (1993), section II.1; one cycle as the rate: the averaging
           principle, Sanders, Verhulst, Murdock (2007), chapter 2
Assumes    wear changes little within one cycle; every day is like the cycle that the world drew
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from twin.prediction.failure_modes import FailureMode, limit_of
from twin.prediction.runs import run
from twin.prediction.worlds import Worlds

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class WearPaths:
    """How the watched quantity of each failure mode grows.

    Attributes: times_s [K], rising from 0; watched [K, M, W], NaN after a world diverged; limits [M, W].
    """

    times_s: Floats
    watched: Floats
    limits: Floats


@dataclass(frozen=True)
class _Cycle:
    """One evaluated duty cycle: rate of every state [Z, W], fast states at its end, highest watched values [M, W]."""

    rate: Floats
    final: Floats
    peak: Floats


def wear_paths(
    worlds: Worlds,
    inputs: Floats,
    sample_s: float,
    *,
    modes: Sequence[FailureMode],
    times_s: Sequence[float],
    scale: Floats | None = None,
    tell: Callable[[float], None] | None = None,
) -> WearPaths:
    """Run wear forward.

    Args:
        worlds: At the time of the forecast; the model observes every mode's quantity.
        inputs: One duty cycle, shape [T, I] or [T, I, W]; its last row only closes it.
        sample_s: Seconds between the cycle's samples.
        modes: What is watched, M.
        times_s: Ends of the macro steps, rising.
        scale: How much faster than in this cycle each wear state grows over the days to come, shape [slow, W].
        tell: Called with the share done.
    """
    limits = np.array([limit_of(mode, worlds) for mode in modes]).reshape(len(modes), worlds.count)
    caps = _caps(worlds, modes, limits)
    wear = worlds.start[worlds.model.slow]
    state, watched, times = worlds.start, [], [0.0, *times_s]
    scale, cycle_s = np.ones_like(wear) if scale is None else scale, len(inputs) * sample_s
    cycle = _evaluate(worlds, state, inputs, sample_s, modes)
    for step, (begin, end) in enumerate(zip(times[:-1], times[1:], strict=True)):
        watched.append(_seen(worlds, modes, wear, cycle))
        span = end - begin
        guess = np.minimum(wear + span * scale * cycle.rate, caps)
        ahead = _evaluate(worlds, _with_wear(worlds, cycle.final, guess), inputs, sample_s, modes)
        grown = span * scale * (cycle.rate + ahead.rate) / 2 - cycle_s / 2 * (ahead.rate - cycle.rate)
        # Wear never heals by itself: growth below zero is the solver's rounding.
        wear = wear + np.maximum(grown, 0.0)
        state = _with_wear(worlds, ahead.final, np.minimum(wear, caps))
        cycle = _evaluate(worlds, state, inputs, sample_s, modes)
        if tell is not None:
            tell((step + 1) / len(times_s))
    watched.append(_seen(worlds, modes, wear, cycle))
    return WearPaths(np.array(times), np.array(watched), limits)


def _evaluate(worlds: Worlds, state: Floats, inputs: Floats, sample_s: float, modes: Sequence[FailureMode]) -> _Cycle:
    """Run one cycle from a state; worlds that are lost (NaN) run from their first start and stay lost."""
    lost = ~np.isfinite(state).all(axis=0)
    begin = np.where(lost, worlds.start, state)
    found = run(replace(worlds, start=begin), inputs, sample_s)
    gone = lost | ~found.alive
    slow = worlds.model.slow
    rate = (found.final[slow] - begin[slow]) / (len(inputs) * sample_s)
    columns = [worlds.model.output_names.index(mode.path) for mode in modes]
    peak = found.outputs[:, columns].max(axis=0)
    return _Cycle(*(np.where(gone, np.nan, item) for item in (rate, found.final, peak)))


def _caps(worlds: Worlds, modes: Sequence[FailureMode], limits: Floats) -> Floats:
    """Where a wear state stops in the simulation: a part that has failed is left at its limit, shape [slow, W]."""
    names = [name for name, slow in zip(worlds.model.state_names, worlds.model.slow, strict=True) if slow]
    caps = np.full((len(names), worlds.count), np.inf)
    for mode, limit in zip(modes, limits, strict=True):
        if mode.path in names:
            caps[names.index(mode.path)] = np.maximum(limit, worlds.start[worlds.model.slow][names.index(mode.path)])
    return caps


def _with_wear(worlds: Worlds, state: Floats, wear: Floats) -> Floats:
    joined = state.copy()
    joined[worlds.model.slow] = wear
    return joined


def _seen(worlds: Worlds, modes: Sequence[FailureMode], wear: Floats, cycle: _Cycle) -> Floats:
    """Watched value of each mode: the wear state itself, uncapped, else the quantity's highest value in a cycle."""
    names = [name for name, slow in zip(worlds.model.state_names, worlds.model.slow, strict=True) if slow]
    rows = [
        wear[names.index(mode.path)] if mode.path in names else peak
        for mode, peak in zip(modes, cycle.peak, strict=True)
    ]
    return np.array(rows).reshape(len(modes), worlds.count)
