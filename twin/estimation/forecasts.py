"""Forecasts from assimilated states, begun anew all along a stretch of log: what a band is made from and judged by.

The log is followed up to each start; from there the worlds run freely under the inputs that then came, and the tags'
disturbances die away as they are expected to. Nothing that was measured after a start enters its forecast.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from physics.simulate.rollout import rollout
from twin.calibration.replay import Replay
from twin.calibration.study import Study
from twin.estimation.disturbance import Disturbance
from twin.estimation.follow import Point, follow, movable
from twin.prediction.worlds import Worlds, draw
from twin.records.model import Calibration, Residual

Floats = NDArray[np.float64]

WORLDS = 16
STARTS = 96
"""Forecasts begun over a stretch, evenly; neighbours tell nearly the same, so more would cost and not tell."""
CHUNKS = 400
"""Corrections over a stretch at most; the mean of a long chunk is old news: seven samples of the tanks' level to one
correction doubled the error of the next one."""
LEAD_IN = 40
"""Chunks that are followed before the first start, as far as the record reaches back."""
SPIN_UP = 10
"""Chunks of a record that are followed before its first forecast: its own start values come from a few samples."""
SCRATCH_BYTES = 1 << 28
"""Forecasts are run in groups of about this many bytes of outputs."""


@dataclass(frozen=True)
class Forecasts:
    """Forecasts of S tags.

    Attributes: rows [R], the window's sample before which each begins; leads [H], samples from its last reading;
    central [R, H, S], median over the worlds, and spread [R, H, S], their standard deviation; NaN beyond the record.
    """

    rows: NDArray[np.intp]
    leads: NDArray[np.intp]
    central: Floats
    spread: Floats

    def of(self, measured: Floats) -> Floats:
        """What was measured at each start and lead, shape [R, H, S], from a window's [T, S]; NaN where nothing was."""
        at = self.rows[:, None] + self.leads[None] - 1
        return np.where((at < len(measured))[:, :, None], measured[np.minimum(at, len(measured) - 1)], np.nan)

    def sizes(self, measured: Floats) -> Floats:
        """Root mean square error of each lead and tag [H, S]; NaN where nothing was measured."""
        square = (self.of(measured) - self.central) ** 2
        count = np.isfinite(square).sum(axis=0)
        total = np.where(np.isfinite(square), square, 0.0).sum(axis=0)
        return np.asarray(np.sqrt(np.divide(total, count, out=np.full(count.shape, np.nan), where=count > 0)))

    def begun_until(self, row: int) -> Forecasts:
        """Those that begin no later than a sample of the window."""
        early = self.rows <= row
        return Forecasts(self.rows[early], self.leads, self.central[early], self.spread[early])

    def held(self, measured: Floats) -> Floats:
        """Persistence: the last reading before each start, shape [R, S]."""
        known = np.isfinite(measured)
        last = np.maximum.accumulate(np.where(known, np.arange(len(measured))[:, None], -1), axis=0)[self.rows - 1]
        return np.where(last >= 0, np.take_along_axis(measured, np.maximum(last, 0), axis=0), np.nan)


def chunk_of(samples: int, chunks: int = CHUNKS) -> int:
    """Samples between corrections over a stretch."""
    return max(1, -(-samples // chunks))


def usual_leads(samples: int) -> NDArray[np.intp]:
    """Leads that a stretch of so many samples can judge: doubling from one sample to a third of it."""
    most = max(samples // 3, 1)
    return np.unique(np.append(2 ** np.arange(int(np.log2(most)) + 1), most)).astype(np.intp)


def forecasts(
    ready: Study,
    free: Replay,
    calibration: Calibration,
    residual: Residual | None,
    disturbance: Disturbance,
    *,
    first: int,
    leads: NDArray[np.intp],
    chunks: int = CHUNKS,
    starts: int = STARTS,
    seed: int = 0,
) -> Forecasts:
    """Follow the log and forecast from many starts.

    Args:
        ready: The window and the plant.
        free: Free run of the same model over it, for the start of each record.
        calibration: Posterior of the free numbers.
        residual: Trained corrections, if any.
        disturbance: Of each tag.
        first: No start before this sample of the window.
        leads: Samples ahead to look at, rising.
        chunks: Corrections over the stretch at most.
        starts: Forecasts over the stretch, about; with one, the first of each record is all that is followed and run.
        seed: Of the worlds.
    """
    drawn = draw(ready.model, calibration, residual, free=ready.assembly.free, worlds=WORLDS, seed=seed)
    disturbance = disturbance if residual is None else disturbance.cautious()
    total = sum(max(last - max(begin, first), 0) for begin, last in ready.rows)
    every = chunk_of(total, chunks)
    apart = max(1, total // every // starts)
    found = []
    for at, (begin, last) in enumerate(ready.rows):
        if last <= first:
            continue
        inputs = ready.runs.records[at].inputs
        worlds = movable(_begun(drawn, ready, free.starts[at]), residual)
        until = min(last, max(first, begin + SPIN_UP * every) + every) if starts == 1 else last
        points = _points(ready, worlds, inputs, disturbance, (begin, until), first, every)[::apart]
        found.append(_run(ready, points, inputs, disturbance, (begin, last), every, leads))
    return Forecasts(
        np.concatenate([one.rows for one in found]),
        leads,
        np.concatenate([one.central for one in found]),
        np.concatenate([one.spread for one in found]),
    )


def _begun(drawn: Worlds, ready: Study, start: Floats) -> Worlds:
    """The drawn worlds where a record begins: start values that each record has for itself are moved to its own."""
    own = [drawn.model.state_names.index(name.removesuffix("@start")) for name in ready.own.names]
    begin = drawn.start.copy()
    begin[own] += start[own].mean(axis=1, keepdims=True) - begin[own].mean(axis=1, keepdims=True)
    return replace(drawn, start=begin)


def _points(
    ready: Study,
    worlds: Worlds,
    inputs: Floats,
    disturbance: Disturbance,
    rows: tuple[int, int],
    first: int,
    every: int,
) -> list[tuple[int, Point]]:
    """Where the followed log stands at each start: the window's sample before which it begins, and the worlds there."""
    begin, last = rows
    earliest = max(first - begin, 1)
    lead_in = min((earliest - 1) // every, LEAD_IN) * every
    quiet = earliest - lead_in if earliest > 1 else 0
    if quiet:
        settled = rollout(
            worlds.model,
            inputs=inputs[:quiet],
            sample_s=ready.window.step_s,
            parameters=worlds.parameters,
            start=worlds.start,
        )
        worlds = replace(worlds, start=np.where(settled.status == 0, settled.final, worlds.start))
    measured = ready.measured()[begin + quiet : last]
    points: list[tuple[int, Point]] = []

    def reached(point: Point, _surprise: Floats) -> None:
        row = begin + quiet + point.chunk * every
        if first <= row < last and row >= begin + SPIN_UP * every:
            points.append((row, point))

    follow(
        worlds, ready.assembly, inputs[quiet : last - begin], measured, sample_s=ready.window.step_s, every=every,
        disturbance=disturbance, reached=reached,
    )  # fmt: skip
    return points


def _run(
    ready: Study,
    points: list[tuple[int, Point]],
    inputs: Floats,
    disturbance: Disturbance,
    rows: tuple[int, int],
    every: int,
    leads: NDArray[np.intp],
) -> Forecasts:
    """All forecasts of one record, group by group in one batch of worlds each."""
    begin, last = rows
    step_s, tags = ready.window.step_s, len(ready.assembly.outputs)
    columns = [ready.model.output_names.index(path) for path in ready.assembly.outputs]
    left = disturbance.onward(np.asarray(leads * step_s, np.float64), every, step_s)
    central, spread = np.full((2, len(points), len(leads), tags), np.nan)
    longest = int(leads[-1])
    each = max(1, SCRATCH_BYTES // (8 * longest * WORLDS * (len(columns) + inputs.shape[1])))
    for group in range(0, len(points), each):
        some = points[group : group + each]
        ahead = [np.minimum(np.arange(row - begin, row - begin + longest), len(inputs) - 1) for row, _point in some]
        driven = np.repeat(np.stack([inputs[at] for at in ahead], axis=2), WORLDS, axis=2)
        found = rollout(
            ready.model,
            inputs=driven,
            sample_s=step_s,
            parameters=np.concatenate([point.worlds.parameters for _row, point in some], axis=1),
            start=np.concatenate([point.worlds.start for _row, point in some], axis=1),
        )
        outputs = found.outputs[leads - 1][:, columns].reshape(len(leads), tags, len(some), WORLDS)
        for at, (row, point) in enumerate(some):
            worlds = outputs[:, :, at] + np.einsum("hjs,jsw->hsw", left, point.disturbance)
            inside = (row + leads - 1 < last)[:, None]
            central[group + at] = np.where(inside, np.nanmedian(worlds, axis=2), np.nan)
            spread[group + at] = np.where(inside, np.nanstd(worlds, axis=2), np.nan)
    return Forecasts(np.array([row for row, _point in points], np.intp), leads, central, spread)
