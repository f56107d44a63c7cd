"""Runs worlds over a horizon, with jumps of parameters and states in between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from physics.simulate.diagnosis import Reason, pooled, reasons
from physics.simulate.rollout import Options, rollout
from twin.prediction.worlds import Worlds

Floats = NDArray[np.float64]
Jump = Callable[[int, Floats, Floats], tuple[Floats, Floats]]
Tell = Callable[[float], None]


@dataclass(frozen=True)
class Run:
    """What happened: outputs [T, S, W], NaN after a world's failure; final states [Z, W]; alive [W].

    `why` tells why worlds failed, the most frequent reason first.
    """

    outputs: Floats
    final: Floats
    alive: NDArray[np.bool_]
    why: tuple[Reason, ...] = ()


def keep(_row: int, parameters: Floats, start: Floats) -> tuple[Floats, Floats]:
    """A jump that changes nothing."""
    return parameters, start


def run(
    worlds: Worlds,
    inputs: Floats,
    sample_s: float,
    *,
    cuts: tuple[int, ...] = (),
    jump: Jump = keep,
    options: Options | None = None,
    tell: Tell | None = None,
) -> Run:
    """Simulate worlds, interrupted at some samples.

    Args:
        worlds: The worlds to run.
        inputs: Shape [T, I] or [T, I, W].
        sample_s: Seconds between samples.
        cuts: Samples at which `jump` may change parameters and states; two runs with equal cuts take equal steps.
        jump: Called with (row, parameters [P, W], states [Z, W]) at each cut.
        options: Of the integrator.
        tell: Called with the share done.
    """
    edges = [0, *[cut for cut in sorted(set(cuts)) if 0 < cut < len(inputs)], len(inputs)]
    parameters, state = worlds.parameters, worlds.start
    alive = np.ones(worlds.count, np.bool_)
    pieces: list[Floats] = []
    why: list[Reason] = []
    for first, last in zip(edges[:-1], edges[1:], strict=True):
        if first in cuts:
            parameters, state = jump(first, parameters, state)
        found = rollout(
            worlds.model,
            inputs=inputs[first:last],
            sample_s=sample_s,
            parameters=parameters,
            start=np.where(alive, state, worlds.start),
            options=options,
            progress=_part_of(tell, first / len(inputs), (last - first) / len(inputs)),
        )
        pieces.append(found.outputs if alive.all() else np.where(alive, found.outputs, np.nan))
        failed = reasons(
            worlds.model, found, inputs=inputs[first:last], sample_s=sample_s, parameters=parameters, of=alive
        )
        why += [reason.later(first * sample_s) for reason in failed]
        alive = alive & (found.status == 0)
        state = found.final
    return Run(pieces[0] if len(pieces) == 1 else np.concatenate(pieces), state, alive, pooled(why))


def _part_of(tell: Tell | None, offset: float, share: float) -> Tell | None:
    return None if tell is None else lambda done: tell(offset + share * done)
