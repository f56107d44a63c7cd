"""Worlds to train a surrogate on: the model's own draws, driven by schedules as varied as the log."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from physics.simulate import streams
from physics.simulate.rollout import rollout
from twin.assembly.assembly import Assembly
from twin.prediction.worlds import Worlds

Floats = NDArray[np.float64]

LONGEST_HOLD_S = 3 * 3600.0
"""An input keeps a value for two samples to three hours."""

SETTLE_S = 2 * 3600.0
"""Hours run before anything counts, so that worlds start where plants are and not where files say."""


@dataclass(frozen=True)
class Ranges:
    """What drives the plant: tags, the engine's inputs [I], and from where to where each goes."""

    tags: tuple[str, ...]
    columns: NDArray[np.intp]
    low: Floats
    high: Floats

    def widened(self, factor: float) -> Ranges:
        """The same about the same middles; what is never negative stays so."""
        middle, half = (self.low + self.high) / 2, (self.high - self.low) / 2 * factor
        low = np.where(self.low >= 0, np.maximum(middle - half, 0.0), middle - half)
        return Ranges(self.tags, self.columns, low, middle + half)


@dataclass(frozen=True)
class Varied:
    """Worlds that ran to their end: truth [W, T, S] of the sensors, readings with their noise, inputs [W, T, I].

    `engine_s` is the processor time that the engine took for them.
    """

    truth: Floats
    readings: Floats
    inputs: Floats
    engine_s: float


def ranges_of(assembly: Assembly, inputs: tuple[str, ...], driven: Floats) -> Ranges:
    """From the 1st to the 99th percentile of what the log shows of each input.

    Args:
        assembly: Which tag drives what.
        inputs: The engine's names of inputs.
        driven: As logged, shape [T, engine's inputs].
    """
    pairs = [(tag, inputs.index(path)) for tag, path in zip(assembly.input_tags, assembly.drives, strict=True)
             if path in inputs]  # fmt: skip
    columns = np.array([column for _, column in pairs], np.intp)
    low, high = np.percentile(driven[:, columns], [1, 99], axis=0)
    return Ranges(tuple(tag for tag, _ in pairs), columns, low, high)


def vary(
    worlds: Worlds,
    assembly: Assembly,
    ranges: Ranges,
    *,
    samples: int,
    step_s: float,
    seed: int,
    tell: Callable[[float], None] | None = None,
) -> Varied:
    """Run worlds under random schedules; worlds that fail are left out.

    Args:
        worlds: Drawn from the model.
        assembly: Its sensors are what is seen.
        ranges: Where each input may go.
        samples: That count; some hours run before.
        step_s: Between samples.
        seed: Of schedules and noise.
        tell: Told the share done.
    """
    before, tags = round(SETTLE_S / step_s), assembly.sensor_tags
    total, count = samples + before, worlds.count
    inputs = np.repeat(np.repeat(worlds.model.inputs[None, :, None], total, axis=0), count, axis=2)
    for row, column in enumerate(ranges.columns):
        place = f"surrogate input {ranges.tags[row]}"
        inputs[:, column] = _held(seed, place, (ranges.low[row], ranges.high[row]), total, count, step_s)
    begin = time.process_time()
    run = rollout(worlds.model, inputs=inputs, sample_s=step_s, parameters=worlds.parameters, start=worlds.start,
                  progress=tell)  # fmt: skip
    engine_s = (time.process_time() - begin) * samples / total
    sound = run.status == 0
    truth = run.outputs[before:, : len(tags)].transpose(2, 0, 1)[sound]
    sd = np.array([assembly.noise_sd[tag] for tag in tags])
    noise = np.random.default_rng([seed, 1]).normal(size=truth.shape) * sd
    return Varied(truth, truth + noise, inputs[before:, ranges.columns].transpose(2, 0, 1)[sound], engine_s)


def _held(seed: int, place: str, span: tuple[float, float], samples: int, worlds: int, step_s: float) -> Floats:
    """Values that hold for a while and jump, shape [samples, worlds]; a world's do not depend on the others'."""
    longest = max(3, round(LONGEST_HOLD_S / step_s))
    most = samples // 2 + 1
    found = np.empty((samples, worlds))
    for world in range(worlds):
        draws = np.asarray(streams.uniform(seed, world, place, 2 * most))
        holds = 2 + np.floor(draws[:most] * (longest - 1)).astype(int)
        found[:, world] = np.repeat(span[0] + draws[most:] * (span[1] - span[0]), holds)[:samples]
    return found
