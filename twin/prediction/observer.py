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
from twin.prediction.corrected import Corrected, corrected_of
from twin.prediction.kalman import analyse
from twin.prediction.worlds import Worlds

Floats = NDArray[np.float64]

DRIFT_SHARE_PER_ROOT_HOUR = 1e-3
"""What moves a dynamic state by chance, of its nominal size: 0.3 K, 1 mm of a 1 m level, 0.1 rad/s in an hour."""
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
    NaN where missing, one row per chunk; replaced, how often a world that diverged took another's place.
    """

    worlds: Worlds
    disturbance: Floats
    innovations: Floats
    replaced: int


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
        worlds: At the stretch's first sample; best at rest with its inputs, e.g. after a run of the hours before.
        assembly: Names the sensors and declares the states' ranges.
        inputs: As driven, shape [T, I]; T is a multiple of `every`.
        measured: Modelled sensors in the assembly's order, shape [T, S], NaN where missing.
        sample_s: Seconds between samples.
        every: Samples of a chunk.
        noise_sd: Of each sensor, shape [S], > 0.
        disturbance: Of each tag.
        tell: Called with the share done.
    """
    columns = [worlds.model.output_names.index(path) for path in assembly.outputs]
    chunks, vector = len(inputs) // every, corrected_of(worlds, assembly)
    drift, wander = _chance(worlds, assembly, vector, chunks, every * sample_s)
    keep = float(np.exp(-every * sample_s / disturbance.memory_s))
    bias, replaced = disturbance.sd[:, None] * wander[0], 0
    surprise = np.full((chunks, len(columns)), np.nan)
    for chunk in range(chunks):
        rows = slice(chunk * every, (chunk + 1) * every)
        found = rollout(
            worlds.model, inputs=inputs[rows], sample_s=sample_s, parameters=worlds.parameters, start=worlds.start
        )
        alive = found.status == 0
        replaced += int((~alive).sum())
        reading, predicted, count = _chunk_mean(measured[rows], found.outputs[:, columns])
        ended = replace(worlds, start=np.where(alive, found.final, worlds.start))
        joint = np.vstack([vector.of(ended) + drift[chunk], bias])
        if alive.sum() >= 2:
            noise = noise_sd / np.sqrt(np.maximum(count, 1))
            moved = analyse(joint[:, alive], (predicted + bias)[:, alive], reading, noise)
            joint[:, alive], surprise[chunk] = moved.states, moved.innovation / moved.deviation
            joint = joint[:, _donors(alive)]
            ended = replace(ended, start=ended.start[:, _donors(alive)])
        worlds = vector.put(ended, joint[: vector.size])
        bias = keep * joint[vector.size :] + np.sqrt(1 - keep**2) * disturbance.sd[:, None] * wander[chunk + 1]
        if tell is not None:
            tell((chunk + 1) / chunks)
    return Followed(worlds, bias, surprise, replaced)


def _chance(
    worlds: Worlds, assembly: Assembly, vector: Corrected, chunks: int, chunk_s: float
) -> tuple[Floats, Floats]:
    """What chance adds: to the corrected numbers [K, N, W] in their unit, to disturbances [K + 1, S, W] of one."""

    def drawn(entity: str, draws: int) -> Floats:
        return streams.normal_by_world(worlds.seed, worlds.count, entity, draws)

    size = DRIFT_SHARE_PER_ROOT_HOUR * np.sqrt(chunk_s / HOUR_S) * vector.drifting
    drift = np.zeros((chunks, vector.size, worlds.count))
    for row in np.flatnonzero(size):
        drift[:, row] = size[row] * drawn(f"drift of {vector.names[row]}", chunks)
    wander = [drawn(f"disturbance {tag}", chunks + 1) for tag in assembly.sensor_tags]
    return drift, np.stack(wander, axis=1)


def _donors(alive: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Which world each one goes on from: itself, or the next living one where it diverged."""
    living = np.flatnonzero(alive)
    return np.where(alive, np.arange(len(alive)), living[np.searchsorted(living, np.arange(len(alive))) % len(living)])


def _chunk_mean(measured: Floats, outputs: Floats) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Mean reading [S] (NaN where none), what the worlds predict of it [S, W], and how many samples it has [S]."""
    seen = np.isfinite(measured)
    count = seen.sum(axis=0)
    total = np.where(seen, measured, 0.0).sum(axis=0)
    reading = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    weight = np.where(count > 0, seen, True)[:, :, None].astype(np.float64)
    return reading, np.asarray((outputs * weight).sum(axis=0) / weight.sum(axis=0)), count
