"""Runs a line alone, or together with its plant over the exchange interval, in the worlds of a what-if."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from math import ceil
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from physics.flow.coupling import Coupling
from physics.flow.exchange import Exchange
from physics.flow.links import Link
from physics.flow.pack import CompiledLine
from physics.flow.simulate import FlowRun, Options, simulate
from physics.simulate import options as integrator
from physics.simulate.diagnosis import Reason, pooled, reasons
from physics.simulate.threads import carry
from twin.prediction.remembered import Remembered, array_bytes
from twin.prediction.runs import Jump, Run, keep
from twin.prediction.worlds import Worlds
from twin.scenarios.beside import Stopped

Floats = NDArray[np.float64]
Tell = Callable[[float], None]
Result = TypeVar("Result")

LEADS = 128
"""Lead times kept of each world."""
ROWS = 4
"""Rows of the plant within an exchange, at least: its mean speeds are taken from them."""
RTOL = 1e-3
"""Of the plant's steps between exchanges. On the bottling plant, two days and 256 worlds, paired differences move by at
most 0.006 of their interval's half-width against rtol 1e-5 (by 0.002 at 1e-4), in four tenths of the time."""
KEPT, KEPT_BYTES, KEPT_WORLDS = 4, 256 << 20, 4096
"""So many lines are remembered, of at most so much, those after their warm-up with at most so many worlds."""
PIECES = 16
"""Of a warm-up, between which a cancel is heard."""
SHARES = 2
"""Of the worlds, each on a thread of its own to the end, so that no core waits for the other at an exchange."""


@dataclass(frozen=True)
class Together:
    """A coupled run: the plant's, the line's, and the mean relative speed of each part that the plant drives."""

    plant: Run
    line: FlowRun


_kept_lines: Remembered[FlowRun] = Remembered(KEPT, most_bytes=KEPT_BYTES, size=array_bytes)
_kept_warm: Remembered[tuple[Exchange, ...]] = Remembered(KEPT)


def alone(line: CompiledLine, *, horizon_s: float, warm_s: float, worlds: int, seed: int) -> FlowRun:
    """The line at its declared speeds; one asked before is remembered, as the baseline of questions in a row."""

    def compute() -> FlowRun:
        options = Options(lead_count=LEADS)
        return simulate(line, horizon_s=horizon_s, warm_s=warm_s, worlds=worlds, seed=seed, options=options)

    return _kept_lines.get(repr((line.layout, horizon_s, warm_s, worlds, seed)), compute)


def _warm(line: CompiledLine, warm_s: float, worlds: int, seed: int, tell: Tell | None) -> tuple[Exchange, ...]:
    """Worlds after their warm-up alone, in shares; both runs of a what-if have it where the line is not changed."""

    def waiting() -> None:
        if tell is not None:
            tell(0.0)

    def share(first: int, end: int, told: Tell) -> Exchange:
        exchange = Exchange(line, worlds=end - first, seed=seed, first_world=first, lead_count=LEADS, threads=1)
        if warm_s > 0:
            for piece in range(PIECES):
                exchange.run(warm_s * (piece + 1) / PIECES)
                told(0.0)
            exchange.forget()
        return exchange

    def compute() -> tuple[Exchange, ...]:
        return tuple(_each([partial(share, *ends) for ends in _ends(worlds)], tell))

    if worlds > KEPT_WORLDS:
        return compute()
    found = _kept_warm.get(repr((line.layout, warm_s, worlds, seed)), compute, waiting=waiting)
    return tuple(exchange.copied() for exchange in found)


def _ends(worlds: int) -> list[tuple[int, int]]:
    """Where each share of the worlds begins and ends."""
    count = min(SHARES, worlds)
    return list(pairwise(worlds * share // count for share in range(count + 1)))


def _each(tasks: Sequence[Callable[[Tell], Result]], tell: Tell | None) -> list[Result]:
    """What all tasks give, in order, done side by side; where one fails the others end at their next word.

    Args:
        tasks: Each calls what it is given with its share done.
        tell: Called with the mean share done, on any thread.
    """
    shares, failed = [0.0] * len(tasks), list[BaseException]()
    found: dict[int, Result] = {}

    def do(at: int) -> None:
        def told(share: float) -> None:
            shares[at] = share
            if failed:
                raise Stopped
            if tell is not None:
                tell(sum(shares) / len(shares))

        try:
            found[at] = tasks[at](told)
        except BaseException as error:
            failed.append(error)
            raise

    try:
        carry([partial(do, at) for at in range(len(tasks))], threads=SHARES)
    except Stopped:
        raise failed[0] from None
    return [found[at] for at in range(len(tasks))]


def together(
    line: CompiledLine,
    worlds: Worlds,
    inputs: Floats,
    links: Sequence[Link],
    *,
    sample_s: float,
    exchange_s: float,
    warm_s: float,
    seed: int,
    cuts: tuple[int, ...] = (),
    jump: Jump = keep,
    tell: Tell | None = None,
) -> Together:
    """Line and plant world by world; the line warms up alone, at its declared speeds, before the two meet.

    Worlds know nothing of each other: each share of them goes its whole way on a thread of its own.

    Args:
        line: Compiled line.
        worlds: Of the plant; as many of the line.
        inputs: Of the plant, shape [T, I] or [T, I, W].
        links: What crosses.
        sample_s: Seconds between rows of `inputs`; the time that counts ends with the last row's begin.
        exchange_s: Time between exchanges, rounded to what divides the samples.
        warm_s: Of the line.
        seed: Of the line's worlds.
        cuts: Rows at which `jump` may change the plant's parameters and states.
        jump: As for `twin.prediction.runs.run`.
        tell: Called with the share done, on any thread.
    """
    warmed = _warm(line, warm_s, worlds.count, seed, tell)
    seen = np.full((len(inputs), len(worlds.model.output_names), worlds.count), np.nan)
    way = _Way(sample_s, exchange_s, links, cuts, jump)

    def share(exchange: Exchange, own: slice, told: Tell) -> tuple[Run, FlowRun]:
        rows = inputs if inputs.ndim == 2 or inputs.shape[2] == 1 else inputs[:, :, own]
        return _share(exchange, worlds.only(own), rows, way, seen[:, :, own], told)

    parts = zip(warmed, _ends(worlds.count), strict=True)
    runs, lines = zip(*_each([partial(share, at, slice(*own)) for at, own in parts], tell), strict=True)
    final, alive = (np.concatenate([getattr(run, name) for run in runs], axis=-1) for name in ("final", "alive"))
    why = pooled(reason for run in runs for reason in run.why)
    return Together(Run(seen, final, alive, why), _joined(lines))


@dataclass(frozen=True)
class _Way:
    """What all shares of the worlds have in common: times, links, and what is done at which rows."""

    sample_s: float
    exchange_s: float
    links: Sequence[Link]
    cuts: tuple[int, ...]
    jump: Jump


def _share(
    exchange: Exchange, worlds: Worlds, inputs: Floats, way: _Way, seen: Floats, tell: Tell
) -> tuple[Run, FlowRun]:
    """Some worlds' whole run; outputs go to `seen` [T, S, W]."""
    fine = max(1, ceil(way.sample_s * ROWS / way.exchange_s - 1e-9))
    step_s = way.sample_s / fine
    apart = max(1, round(way.exchange_s / step_s))
    last = (len(inputs) - 1) * fine
    both = Coupling(worlds.model, exchange, way.links, interval_s=step_s * apart, parameters=worlds.parameters,
                    start=worlds.start, options=integrator.Options(rtol=RTOL, threads=1))  # fmt: skip
    edges = sorted({*range(0, last, apart), *(cut * fine for cut in way.cuts if cut * fine < last), last})
    alive = np.ones(worlds.count, np.bool_)
    why: list[Reason] = []
    for first, end in [*pairwise(edges), (last, last + 1)]:
        if first % fine == 0 and first // fine in way.cuts:
            both.parameters, both.state = way.jump(first // fine, both.parameters, both.state)
        rows = inputs[np.arange(first, end) // fine]
        step = both.advance(rows, sample_s=step_s) if first < last else both.look(rows, sample_s=step_s)
        wanted = slice(-first % fine, end - first, fine)
        place = slice(-(-first // fine), -(-end // fine))
        if alive.all():
            seen[place] = step.plant.outputs[wanted]
        else:
            seen[place, :, alive] = step.plant.outputs[wanted][:, :, alive]
        failed = reasons(
            worlds.model, step.plant, inputs=step.inputs, sample_s=step_s, parameters=both.parameters, of=alive
        )
        why += [reason.later(first * step_s) for reason in failed]
        alive = alive & step.good
        tell(end / (last + 1))
    return Run(seen, both.state, alive, pooled(why)), exchange.counted()


def _joined(runs: Sequence[FlowRun]) -> FlowRun:
    """Worlds of several runs of one line as one run."""
    names = [name for name, value in vars(runs[0]).items() if isinstance(value, np.ndarray)]
    arrays: dict[str, Any] = {name: np.concatenate([getattr(run, name) for run in runs]) for name in names}
    return replace(runs[0], **arrays)
