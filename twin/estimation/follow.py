"""Follows the plant: runs all worlds beside the log and moves them towards what the sensors read.

A chunk of samples is run freely; then the states at its end, the drawn numbers and the tags' disturbances are corrected
by the chunk's mean readings, with the covariance between them that the worlds show. Where a tag has a disturbance, what
the model cannot explain is not forced into its states. What was unexpected, over what was to be expected, is the
innovation.

Equations  y = h(x) + b + v; b and v as `disturbance` has them, with covariance C in each world's eyes
           worlds move by y with noise 1ᵀC1 + r; then b += C1 / (1ᵀC1 + r) (reading − y),  C −= C1 1ᵀC / (1ᵀC1 + r)
Symbols    x states, b disturbance, v sensor noise of variance r
Source     Sakov, Evensen, Bertino (2010), doi:10.1111/j.1600-0870.2009.00417.x: asynchronous ensemble filter; what is
           linear in each world by a Kalman filter of its own: Doucet et al. (2000), Rao-Blackwellised filtering
Assumes    errors about Gaussian; drawn parameters are constant over the stretch but for a small drift

Disturbances drawn world by world made of sixteen worlds a filter of its own chance: on SKAB, 10 s ahead, it erred by
0.86 of persistence for the current, where the exact filter of the same parts errs by 0.72.

Parameters are corrected together with the states. Worlds that keep different parameters pull their states apart again
in every chunk; a filter that moves states alone takes the same evidence anew each time and overshoots: on a block whose
conductance is known to 10 %, with a sensor of 0.05 K, innovations alternated and forecasts erred by 0.7 instead of
0.07 K. Hours that calibration saw already count twice then, a small part of what it saw.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from physics.simulate.rollout import rollout
from twin.assembly.assembly import Assembly
from twin.estimation.analysis import LIMIT_SD, Reach, analyse
from twin.estimation.belief import Belief
from twin.estimation.corrected import Corrected, corrected_of, tag_islands
from twin.estimation.disturbance import Disturbance
from twin.prediction.worlds import Worlds
from twin.records.model import Residual

Floats = NDArray[np.float64]

DRIFT_SHARE_PER_ROOT_HOUR = 1e-3
"""What moves a dynamic state by chance, of its nominal size: 0.3 K, 1 mm of a 1 m level, 0.1 rad/s in an hour."""
SLOW_SHARE_PER_ROOT_HOUR = 1e-3
"""The same for wear and parameters, of the spread that they began with: 2.5 % of it in a month."""
HOUR_S = 3600.0


@dataclass(frozen=True)
class Point:
    """Worlds after `chunk` chunks.

    Attributes: disturbance [J, S, W], of the tags in the last chunk, as each world expects it; doubt [S, J, J], its
    covariance within a world; replaced, how many worlds were.
    """

    chunk: int
    worlds: Worlds
    disturbance: Floats
    doubt: Floats
    replaced: int = 0


@dataclass(frozen=True)
class Followed:
    """Where the plant is after the log, and how it came there.

    Attributes: worlds, with the corrected states as their start; disturbance [J, S, W], means of the last chunk, drawn
    from what is known of them;
    innovations [K, S], standardised, NaN where missing, one row per chunk from the first that was followed; replaced,
    how often a world that diverged took another's place; names [N] and course [K, N, W], of the numbers that were asked
    for, at each chunk's end and as the whole stretch tells them.
    """

    worlds: Worlds
    disturbance: Floats
    innovations: Floats
    replaced: int
    names: tuple[str, ...] = ()
    course: Floats | None = None


def movable(worlds: Worlds, residual: Residual | None) -> Worlds:
    """The worlds with the parameters that readings may move: all that were drawn, or none of a hybrid.

    A hybrid's worlds are members with weights of their own, and draws from the posterior of physics alone around them.
    What readings would say of such parameters is not theirs: on the walk's filter, whose law is wrong and whose
    clogging is known to 10 %, they brought wear to 60 % of the truth. So a hybrid's parameters stay as trained.
    """
    return worlds if residual is None else replace(worlds, names=(), draws=np.zeros((0, worlds.count)))


class Way(Protocol):
    """A filter that is set up for a stretch; where it stands after some chunks is its own."""

    def first(self) -> Any:
        """Where it stands before anything was read."""

    def __call__(self, at: Any, inputs: Floats, measured: Floats, /) -> tuple[Any, Floats]:
        """One chunk on: where it stands then, and its innovations [S]."""

    def followed(self, at: Any, innovations: Floats) -> Followed:
        """What is known at the end."""


def follow(
    worlds: Worlds,
    assembly: Assembly,
    inputs: Floats,
    measured: Floats,
    *,
    sample_s: float,
    every: int,
    disturbance: Disturbance,
    way: Callable[[Worlds, Step, Sequence[str]], Way] | None = None,
    begin: Any = None,
    smooth: Sequence[str] = (),
    reached: Callable[[Any, Floats], None] | None = None,
    tell: Callable[[float], None] | None = None,
) -> Followed:
    """Assimilate a stretch of log.

    Args:
        worlds: At the stretch's first sample; best at rest with its inputs, e.g. after a run of the hours before.
        assembly: Names the sensors and declares the states' ranges.
        inputs: As driven, shape [T, I].
        measured: Modelled sensors in the assembly's order, shape [T, S], NaN where missing.
        sample_s: Seconds between samples.
        every: Samples of a chunk; the last one may be shorter.
        disturbance: Of each tag, white noise > 0.
        way: The filter: `Ensemble` by default, or `unscented.Points`.
        begin: An earlier point of the same stretch to go on from.
        smooth: Names of corrected numbers whose course over all chunks is wanted.
        reached: Told each point and the innovations [S] that led to it.
        tell: Called with the share done.
    """
    taken = (way or Ensemble)(worlds, Step.of(worlds, assembly, disturbance, every, sample_s), smooth)
    at = taken.first() if begin is None else begin
    surprises, chunks = [], -(-len(inputs) // every)
    for chunk in range(at.chunk, chunks):
        rows = slice(chunk * every, (chunk + 1) * every)
        at, surprise = taken(at, inputs[rows], measured[rows])
        surprises.append(surprise)
        if reached is not None:
            reached(at, surprise)
        if tell is not None:
            tell((chunk + 1) / chunks)
    return taken.followed(at, np.array(surprises).reshape(-1, measured.shape[1]))


@dataclass(frozen=True)
class Step:
    """What stays the same from chunk to chunk: the corrected numbers, what each tag reaches, and what chance does.

    Attributes: columns, of the tags in the model's outputs; wander and keep [J, S], size and memory of chunk means of
    the disturbances; drift [N], of the corrected numbers in a chunk of so many hours.
    """

    vector: Corrected
    columns: list[int]
    reach: Reach
    disturbance: Disturbance
    wander: Floats
    keep: Floats
    drift: Floats
    hours: float
    sample_s: float

    @staticmethod
    def of(worlds: Worlds, assembly: Assembly, disturbance: Disturbance, every: int, sample_s: float) -> Step:
        """For chunks of `every` samples of a log."""
        columns = [worlds.model.output_names.index(path) for path in assembly.outputs]
        vector = corrected_of(worlds, assembly)
        wander, keep = disturbance.means(every, sample_s)
        hours = every * sample_s / HOUR_S
        spread = vector.of(worlds).std(axis=1)
        drift = np.sqrt(hours) * np.where(
            vector.slow, SLOW_SHARE_PER_ROOT_HOUR * spread, DRIFT_SHARE_PER_ROOT_HOUR * vector.nominal
        )
        reach = vector.reach(tag_islands(worlds, columns), len(wander))
        return Step(vector, columns, reach, disturbance, wander, keep, drift, hours, sample_s)


class Ensemble:
    """The filter by the worlds themselves; keeps the past of the numbers that are asked for."""

    def __init__(self, worlds: Worlds, step: Step, smooth: Sequence[str]) -> None:
        self.worlds, self.step, self.smooth = worlds, step, tuple(smooth)
        self.asked = np.array([step.vector.names.index(name) for name in smooth], np.intp)
        self.past = np.zeros((0, worlds.count))

    def first(self) -> Point:
        """The worlds as they come."""
        wander = self.step.wander
        return Point(0, self.worlds, np.zeros((*wander.shape, self.worlds.count)), _diagonals(wander**2))

    def followed(self, at: Point, innovations: Floats) -> Followed:
        """The worlds as they were moved last."""
        course = self.past.reshape(-1, len(self.asked), self.worlds.count) if len(self.asked) else None
        beside = at.disturbance + _drawn(at.doubt, self.worlds)
        return Followed(at.worlds, beside, innovations, at.replaced, self.smooth, course)

    def __call__(self, at: Point, inputs: Floats, measured: Floats) -> tuple[Point, Floats]:
        """One chunk on: the next point and its innovations [S]."""
        step, worlds, asked, past = self.step, at.worlds, self.asked, self.past
        tags = len(step.columns)
        found = rollout(
            worlds.model, inputs=inputs, sample_s=step.sample_s, parameters=worlds.parameters, start=worlds.start
        )
        alive = found.status == 0
        reading, predicted, count = chunk_mean(measured, found.outputs[:, step.columns])
        ended = replace(worlds, start=np.where(alive, found.final, worlds.start))
        numbers = step.vector.of(ended) + step.drift[:, None] * _chance(worlds, at.chunk, step.vector.size)
        beside, doubt = step.keep[:, :, None] * at.disturbance, self._aged(at.doubt)
        joint = np.vstack([numbers, beside.reshape(step.wander.size, -1), numbers[asked], past])
        surprise = np.full(tags, np.nan)
        if alive.sum() >= 2:
            noise = step.disturbance.noise_sd / np.sqrt(np.maximum(count, 1))
            open_sd = np.sqrt(noise**2 + doubt.sum(axis=(1, 2)))
            reach = self._reach(asked, len(past))
            moved = analyse(joint[:, alive], (predicted + beside.sum(axis=0))[:, alive], reading, open_sd, reach)
            joint[:, alive], surprise = moved.states, moved.innovation / moved.deviation
            first = step.vector.size
            own, doubt = _explained(reading, moved.predicted, doubt, open_sd)
            joint[first : first + step.wander.size, alive] += own.reshape(step.wander.size, -1)
            donors = _donors(alive)
            joint, ended = joint[:, donors], replace(ended, start=ended.start[:, donors])
        numbers, bias, now, past = np.split(joint, np.cumsum([step.vector.size, step.wander.size, len(asked)]))
        bias = bias.reshape(*step.wander.shape, -1)
        point = Point(at.chunk + 1, step.vector.put(ended, numbers), bias, doubt, at.replaced + int((~alive).sum()))
        self.past = np.vstack([past, now])
        return point, surprise

    def _aged(self, doubt: Floats) -> Floats:
        """Covariance [S, J, J] of the disturbances one chunk later."""
        keep = self.step.keep.T
        return keep[:, :, None] * doubt * keep[:, None] + _diagonals((1.0 - self.step.keep**2) * self.step.wander**2)

    def _reach(self, asked: NDArray[np.intp], past: int) -> Reach:
        """What each tag moves: the numbers and disturbances of its island, and the past of those that are asked for."""
        if not len(asked):
            return self.step.reach
        first = self.step.vector.size + self.step.wander.size
        lags = np.arange(past // len(asked) + 1)[:, None] * len(asked)
        mine = [np.flatnonzero(np.isin(asked, own)) for own in self.step.reach.rows]
        earlier = [(first + lags + own).ravel() for own in mine]
        rows = tuple(np.concatenate(pair) for pair in zip(self.step.reach.rows, earlier, strict=True))
        return Reach(rows, self.step.reach.tags)


def _chance(worlds: Worlds, chunk: int, rows: int) -> Floats:
    """Standard normal numbers of a chunk [rows, W] without their mean over worlds: chance must not move the centre."""
    drawn = np.random.default_rng((worlds.seed, chunk + 1)).normal(size=(rows, worlds.count))
    return np.asarray(drawn - drawn.mean(axis=1, keepdims=True))


def _drawn(doubt: Floats, worlds: Worlds) -> Floats:
    """What each world still has to learn of its disturbances [J, S, W]: draws with the very spread of their covariance.

    Worlds that agree on what they expect do not know it.
    """
    parts = np.zeros(doubt.shape[1])
    each = [Belief(parts, own).drawn(worlds.count, (worlds.seed, tag)) for tag, own in enumerate(doubt)]
    return np.stack(each, axis=1)


def _diagonals(variance: Floats) -> Floats:
    """Variances [J, S] as one diagonal matrix a tag, shape [S, J, J]."""
    return np.asarray(variance.T[:, :, None] * np.eye(len(variance)))


def _explained(reading: Floats, predicted: Floats, doubt: Floats, open_sd: Floats) -> tuple[Floats, Floats]:
    """What each world takes of its own surprise for disturbance [J, S, W], and the covariance [S, J, J] that is left.

    Args:
        reading: Shape [S], NaN where missing.
        predicted: By the worlds as they were moved, shape [S, W].
        doubt: Covariance before, shape [S, J, J].
        open_sd: Of a reading in the eyes of one world, shape [S].
    """
    seen = np.isfinite(reading)
    gain = np.where(seen[:, None], doubt.sum(axis=2) / (open_sd**2)[:, None], 0.0)
    limit = (LIMIT_SD * open_sd)[:, None]
    off = np.clip(np.where(seen, reading, 0.0)[:, None] - predicted, -limit, limit)
    return np.einsum("sj,sw->jsw", gain, off), doubt - gain[:, :, None] * doubt.sum(axis=1)[:, None]


def _donors(alive: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Which world each one goes on from: itself, or the next living one where it diverged."""
    living = np.flatnonzero(alive)
    return np.where(alive, np.arange(len(alive)), living[np.searchsorted(living, np.arange(len(alive))) % len(living)])


def chunk_mean(measured: Floats, outputs: Floats) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Mean reading [S] (NaN where none), what the worlds predict of it [S, W], and how many samples it has [S]."""
    seen = np.isfinite(measured)
    count = seen.sum(axis=0)
    total = np.where(seen, measured, 0.0).sum(axis=0)
    reading = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    weight = np.where(count > 0, seen, True).astype(np.float64)
    return reading, np.asarray(np.einsum("tsw,ts->sw", outputs, weight) / weight.sum(axis=0)[:, None]), count
