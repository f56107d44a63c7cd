"""Runs a line alone, or together with its plant over the exchange interval, in the worlds of a what-if."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from physics.flow.coupling import Coupling
from physics.flow.exchange import Exchange
from physics.flow.links import Link
from physics.flow.pack import CompiledLine
from physics.flow.simulate import FlowRun, Options, simulate
from physics.simulate import options as integrator
from physics.simulate.diagnosis import reasons
from twin.prediction.remembered import Remembered, array_bytes
from twin.prediction.runs import REASONS, Jump, Run, keep
from twin.prediction.worlds import Worlds

Floats = NDArray[np.float64]
Tell = Callable[[float], None]

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


@dataclass(frozen=True)
class Together:
    """A coupled run: the plant's, the line's, and the mean relative speed of each part that the plant drives."""

    plant: Run
    line: FlowRun


_kept_lines: Remembered[FlowRun] = Remembered(KEPT, most_bytes=KEPT_BYTES, size=array_bytes)
_kept_warm: Remembered[Exchange] = Remembered(KEPT)


def alone(line: CompiledLine, *, horizon_s: float, warm_s: float, worlds: int, seed: int) -> FlowRun:
    """The line at its declared speeds; one asked before is remembered, as the baseline of questions in a row."""

    def compute() -> FlowRun:
        options = Options(lead_count=LEADS)
        return simulate(line, horizon_s=horizon_s, warm_s=warm_s, worlds=worlds, seed=seed, options=options)

    return _kept_lines.get(repr((line.layout, horizon_s, warm_s, worlds, seed)), compute)


def _warm(line: CompiledLine, warm_s: float, worlds: int, seed: int, tell: Tell | None) -> Exchange:
    """Worlds after their warm-up alone; both runs of a what-if share it where the change is not in the line."""

    def compute() -> Exchange:
        exchange = Exchange(line, worlds=worlds, seed=seed, lead_count=LEADS)
        if warm_s > 0:
            for piece in range(PIECES):
                exchange.run(warm_s * (piece + 1) / PIECES)
                waiting()
            exchange.forget()
        return exchange

    def waiting() -> None:
        if tell is not None:
            tell(0.0)

    if worlds > KEPT_WORLDS:
        return compute()
    return _kept_warm.get(repr((line.layout, warm_s, worlds, seed)), compute, waiting=waiting).copied()


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
        tell: Called with the share done.
    """
    exchange = _warm(line, warm_s, worlds.count, seed, tell)
    fine = max(1, ceil(sample_s * ROWS / exchange_s - 1e-9))
    step_s = sample_s / fine
    apart = max(1, round(exchange_s / step_s))
    last = (len(inputs) - 1) * fine
    both = Coupling(worlds.model, exchange, links, interval_s=step_s * apart, parameters=worlds.parameters,
                    start=worlds.start, options=integrator.Options(rtol=RTOL))  # fmt: skip
    edges = sorted({*range(0, last, apart), *(cut * fine for cut in cuts if cut * fine < last), last})
    alive = np.ones(worlds.count, np.bool_)
    seen = np.full((len(inputs), len(worlds.model.output_names), worlds.count), np.nan)
    why: dict[str, None] = {}
    for first, end in [*zip(edges[:-1], edges[1:], strict=True), (last, last + 1)]:
        if first % fine == 0 and first // fine in cuts:
            both.parameters, both.state = jump(first // fine, both.parameters, both.state)
        rows = inputs[np.arange(first, end) // fine]
        step = both.advance(rows, sample_s=step_s) if first < last else both.look(rows, sample_s=step_s)
        wanted = [row for row in range(end - first) if (first + row) % fine == 0]
        place = (first + wanted[0]) // fine if wanted else 0
        seen[place : place + len(wanted), :, alive] = step.plant.outputs[wanted][:, :, alive]
        failed = reasons(
            worlds.model, step.plant, inputs=step.inputs, sample_s=step_s, parameters=both.parameters, of=alive
        )
        why |= dict.fromkeys(str(reason) for reason in failed[:REASONS])
        alive = alive & step.good
        if tell is not None:
            tell(end / (last + 1))
    plant = Run(seen, both.state, alive, tuple(why))
    return Together(plant, exchange.counted())
