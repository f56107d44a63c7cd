"""Follows the plant: runs all worlds beside the log and moves them towards what the sensors read.

Each tag carries a slow additive disturbance b, so that what the model cannot explain is not forced into its states. A
chunk of samples is run freely; then the states at its end, the drawn numbers and the disturbances are corrected by the
chunk's mean readings, with the covariance between them that the worlds show. What was unexpected, over its expected
spread, is the innovation.

Equations  y = h(x) + b + v,  b_{k+1} = φ b_k + σ √(1 − φ²) n,  φ = exp(−Δ/τ)
Symbols    x states, v sensor noise, σ size and τ memory of the disturbance, n standard normal, Δ length of a chunk
Source     Sakov, Evensen, Bertino (2010), doi:10.1111/j.1600-0870.2009.00417.x: asynchronous ensemble filter
Assumes    errors about Gaussian; drawn parameters are constant over the stretch, so they only narrow
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from physics.simulate import streams
from physics.simulate.rollout import rollout
from twin.assembly.assembly import Assembly
from twin.prediction.kalman import analyse
from twin.prediction.worlds import Worlds
from twin.scene.scene import split_path

Floats = NDArray[np.float64]

# Chance in the start and in what moves the states, as shares of each state's nominal size; wear is left as drawn.
START_SHARE = 0.05
DRIFT_SHARE_PER_ROOT_HOUR = 0.01
HOUR_S = 3600.0


@dataclass(frozen=True)
class Disturbance:
    """What a tag reads beside the model: size [S] in SI and memory in seconds."""

    sd: Floats
    memory_s: float = 6 * HOUR_S


@dataclass(frozen=True)
class Followed:
    """Where the plant is after the log.

    Attributes: worlds, with the corrected states as their start; disturbance [S, W]; innovations [K, S], standardised,
    NaN where missing, one row per chunk; alive [W].
    """

    worlds: Worlds
    disturbance: Floats
    innovations: Floats
    alive: NDArray[np.bool_]


def follow(
    worlds: Worlds,
    assembly: Assembly,
    inputs: Floats,
    measured: Floats,
    *,
    sample_s: float,
    every: int,
    noise_sd: Floats,
    disturbance: Disturbance,
    tell: Callable[[float], None] | None = None,
) -> Followed:
    """Assimilate a stretch of log.

    Args:
        worlds: At the stretch's first sample.
        assembly: Names the sensors and declares the states' ranges.
        inputs: As driven, shape [T, I].
        measured: Modelled sensors in the assembly's order, shape [T, S], NaN where missing.
        sample_s: Seconds between samples.
        every: Samples of a chunk.
        noise_sd: Of each sensor, shape [S], > 0.
        disturbance: Of each tag.
        tell: Called with the share done.
    """
    columns = [worlds.model.output_names.index(path) for path in assembly.outputs]
    free = _free_rows(worlds)
    ranges = _ranges(worlds, assembly, free)
    chunks = len(inputs) // every
    chance = _chance(worlds, assembly, chunks)
    joint = np.vstack(
        [_spread(worlds, chance.start), worlds.parameters[free], disturbance.sd[:, None] * chance.bias[0]]
    )
    keep = float(np.exp(-every * sample_s / disturbance.memory_s))
    wander, renew = _drift(worlds, every * sample_s), np.sqrt(1 - keep**2) * disturbance.sd[:, None]
    alive, surprise = np.ones(worlds.count, np.bool_), np.full((chunks, len(columns)), np.nan)
    splits = [len(worlds.start), len(worlds.start) + len(free)]
    now = worlds
    for chunk in range(chunks):
        state, drawn, bias = np.split(np.clip(joint, *ranges), splits)
        now = _moved(now, free, state, drawn, alive)
        rows = slice(chunk * every, (chunk + 1) * every)
        found = rollout(now.model, inputs=inputs[rows], sample_s=sample_s, parameters=now.parameters, start=now.start)
        alive &= found.status == 0
        reading, predicted, count = _chunk_mean(measured[rows], found.outputs[:, columns])
        joint = np.vstack([found.final + wander * chance.drift[chunk], drawn, bias])
        if alive.sum() >= 2:
            noise = noise_sd / np.sqrt(np.maximum(count, 1))
            moved = analyse(joint[:, alive], (predicted + bias)[:, alive], reading, noise)
            joint[:, alive], surprise[chunk] = moved.states, moved.innovation / moved.deviation
        joint[splits[1] :] = keep * joint[splits[1] :] + renew * chance.bias[chunk + 1]
        if tell is not None:
            tell((chunk + 1) / chunks)
    state, drawn, bias = np.split(np.clip(joint, *ranges), splits)
    return Followed(_moved(now, free, state, drawn, alive), bias, surprise, alive)


def _free_rows(worlds: Worlds) -> list[int]:
    """Rows of the parameters that were drawn."""
    place = {name: index for index, name in enumerate(worlds.model.parameter_names)}
    return [place[name] for name in worlds.names if name in place]


def _moved(worlds: Worlds, free: list[int], state: Floats, drawn: Floats, alive: NDArray[np.bool_]) -> Worlds:
    """The worlds at new states and parameters; a world that diverged stays where it last was."""
    parameters = worlds.parameters.copy()
    parameters[free] = np.where(alive, drawn, parameters[free])
    place = {worlds.model.parameter_names[row]: row for row in free}
    draws = worlds.draws.copy()
    for index, name in enumerate(worlds.names):
        if name in place:
            draws[index] = parameters[place[name]]
    return replace(worlds, start=np.where(alive, state, worlds.start), parameters=parameters, draws=draws)


def _chunk_mean(measured: Floats, outputs: Floats) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Mean reading [S] (NaN where none), what the worlds predict of it [S, W], and how many samples it has [S]."""
    seen = np.isfinite(measured)
    count = seen.sum(axis=0)
    total = np.where(seen, measured, 0.0).sum(axis=0)
    reading = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    weight = np.where(count > 0, seen, True)[:, :, None].astype(np.float64)
    return reading, np.asarray((outputs * weight).sum(axis=0) / weight.sum(axis=0)), count


@dataclass(frozen=True)
class _Chance:
    start: Floats
    drift: Floats
    bias: Floats


def _chance(worlds: Worlds, assembly: Assembly, chunks: int) -> _Chance:
    """Standard normal numbers for the start [Z, W], the drift [K, Z, W] and the disturbances [K + 1, S, W]."""

    def drawn(entity: str, draws: int) -> Floats:
        each = [streams.normal(worlds.seed, world, entity, draws) for world in range(worlds.count)]
        return np.stack(each, axis=-1)

    states = np.stack([drawn(f"state {name}", chunks + 1) for name in worlds.model.state_names], axis=1)
    bias = np.stack([drawn(f"disturbance {tag}", chunks + 1) for tag in assembly.sensor_tags], axis=1)
    return _Chance(states[0], states[1:], bias)


def _spread(worlds: Worlds, chance: Floats) -> Floats:
    """Start states with the spread of not knowing them; wear keeps the spread of its own posterior."""
    size = np.where(worlds.model.slow, 0.0, START_SHARE * worlds.model.nominal)
    return np.asarray(worlds.start + size[:, None] * chance)


def _drift(worlds: Worlds, seconds: float) -> Floats:
    """Standard deviation of what moves each state by chance over some seconds, shape [Z, 1]."""
    size = np.where(worlds.model.slow, 0.0, DRIFT_SHARE_PER_ROOT_HOUR * worlds.model.nominal)
    return np.asarray(size * np.sqrt(seconds / HOUR_S))[:, None]


def _ranges(worlds: Worlds, assembly: Assembly, free: list[int]) -> tuple[Floats, Floats]:
    """Declared range of each state, drawn parameter and disturbance, shape [Z + F + S, 1]; most have none."""
    types = {part.id: assembly.types[part.type] for part in assembly.plant.parts}
    pairs = []
    for name in (*worlds.model.state_names, *(worlds.model.parameter_names[row] for row in free)):
        part, quantity = split_path(name)
        declared = types[part].declaration.by_name.get(quantity) if part in types else None
        pairs.append((declared.low, declared.high) if declared is not None else (-np.inf, np.inf))
    pairs += [(-np.inf, np.inf)] * len(assembly.outputs)
    low, high = np.array(pairs, np.float64).T
    return low[:, None], high[:, None]
