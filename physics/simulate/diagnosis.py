"""Why worlds failed, in words: which unknown of which part, when, and what an engineer can do about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from physics.compiler.evaluation import evaluate
from physics.compiler.system import System
from physics.simulate.model import Floats, Model
from physics.simulate.rollout import Rollout, Status

NAMED = 3
"""How many unknowns a reason names."""

NEXT_STEP = {
    Status.DIVERGED: "Check the parameters and inputs of that part; values grow without bound.",
    Status.STEP_TOO_SMALL: "A law has a kink or two solutions there; widen its rounding or check a learned correction.",
    Status.NO_START: "These equations have no solution at those inputs; check shut valves, dry tanks and start values.",
    Status.CHATTERING: "Give the mode a hysteresis: its two conditions hold at once.",
    Status.WEAK_PIVOT: "These unknowns hardly depend on anything; add a leak, a storage or a resistance.",
}
WHAT = {
    Status.DIVERGED: "values that are not finite",
    Status.STEP_TOO_SMALL: "no step small enough",
    Status.NO_START: "no solution of the algebraic equations",
    Status.CHATTERING: "modes that switch without end",
    Status.WEAK_PIVOT: "nearly dependent equations",
}


@dataclass(frozen=True)
class Reason:
    """Why some worlds failed alike: how many, status, earliest time, the names it shows in, and a sentence."""

    worlds: int
    status: Status
    time_s: float
    names: tuple[str, ...]

    def later(self, by_s: float) -> Reason:
        """The same, told in the time of a run in which this stretch began at `by_s`."""
        return replace(self, time_s=self.time_s + by_s)

    def __str__(self) -> str:
        """`<worlds> at <time>: <what> for <names>. <next step>`."""
        which = f" for {', '.join(self.names)}" if self.names else ""
        count = "1 world" if self.worlds == 1 else f"{self.worlds:,} worlds, the first"
        return f"{count} after {self.time_s:g} s: {WHAT[self.status]}{which}. {NEXT_STEP[self.status]}"


def reasons(
    model: Model,
    run: Rollout,
    *,
    inputs: Floats,
    sample_s: float,
    parameters: Floats | None = None,
    of: NDArray[np.bool_] | None = None,
) -> tuple[Reason, ...]:
    """Why worlds of a rollout failed, the most frequent reason first; empty where none did.

    Args:
        model: The compiled plant.
        run: What the rollout returned.
        inputs: As given to the rollout, [T, I] or [T, I, W].
        sample_s: As given to the rollout.
        parameters: As given to the rollout, [P, W]; the plant's own by default.
        of: Worlds to ask about, [W]; all by default.
    """
    found: dict[tuple[Status, tuple[str, ...]], list[float]] = {}
    for world in np.flatnonzero((run.status != 0) & (True if of is None else of)):
        status, time_s = Status(int(run.status[world])), float(run.failed_at_s[world])
        row = min(int(time_s // sample_s), len(inputs) - 1)
        own = inputs[row] if inputs.ndim == 2 else inputs[row, :, world if inputs.shape[2] > 1 else 0]
        numbers = model.parameters if parameters is None else parameters[:, world if parameters.shape[1] > 1 else 0]
        island = model.islands[run.failed_island[world]]
        names = _names(
            island.system, status, run.final[island.states, world], numbers[island.parameters], own[island.inputs]
        )
        found.setdefault((status, names), []).append(time_s)
    return pooled(Reason(len(times), *key[:1], min(times), key[1]) for key, times in found.items())


def pooled(parts: Iterable[Reason]) -> tuple[Reason, ...]:
    """Reasons of stretches or of shares of the worlds as one list: equal ones together, the most frequent first."""
    found: dict[tuple[Status, tuple[str, ...]], Reason] = {}
    for part in parts:
        known = found.get(key := (part.status, part.names), replace(part, worlds=0))
        found[key] = replace(part, worlds=known.worlds + part.worlds, time_s=min(known.time_s, part.time_s))
    return tuple(sorted(found.values(), key=lambda reason: (-reason.worlds, reason.time_s)))


def _names(system: System, status: Status, z: Floats, p: Floats, u: Floats) -> tuple[str, ...]:
    """The unknowns in which the failure shows most."""
    if status is Status.CHATTERING:
        guards = _values(system, [event.guard for event in system.events], z, p, u)
        return tuple(dict.fromkeys(system.unknowns[e.target].name for e, g in zip(system.events, guards, strict=True)
                                   if g > 0))  # fmt: skip
    nominal = np.array([unknown.nominal for unknown in system.unknowns])
    if not np.isfinite(z).all():
        return _worst(system, np.where(np.isfinite(z), 0.0, 1.0))
    if status is Status.DIVERGED:
        return _worst(system, np.abs(z) / nominal)
    return _worst(system, _corrections(system, status, z, p, u) / (np.abs(z) + nominal))


def _corrections(system: System, status: Status, z: Floats, p: Floats, u: Floats) -> Floats:
    """How far each unknown still wants to move: algebraic ones by a step of Newton, or the open direction."""
    rows, rates = list(system.algebraic), np.array(_values(system, [row.name for row in system.rows], z, p, u))
    if not rows:
        return np.abs(rates)
    f = rates[rows]
    matrix = np.zeros((len(z), len(z)))
    for (i, j), slope in zip(system.jacobian, _values(system, list(system.jacobian.values()), z, p, u), strict=True):
        matrix[i, j] = slope
    nominal = np.array([system.unknowns[i].nominal for i in rows])
    block = np.nan_to_num(matrix[np.ix_(rows, rows)] * nominal)
    scale = np.abs(block).max(axis=1, keepdims=True)
    scale = np.where(scale > 0, scale, 1.0)
    if status is Status.WEAK_PIVOT:
        step = np.linalg.svd(block / scale)[2][-1]
    else:
        step = np.linalg.lstsq(block / scale, np.nan_to_num(f) / scale[:, 0], rcond=None)[0]
    found = np.zeros(len(z))
    found[rows] = np.abs(step) * nominal
    return found


def _values(system: System, names: Sequence[str], z: Floats, p: Floats, u: Floats) -> list[float]:
    columns = [np.asarray(array, np.float64)[:, None] for array in (z, p, u)]
    with np.errstate(all="ignore"):
        return [float(value) for value in evaluate(system.tape, tuple(names), *columns)[:, 0]]


def _worst(system: System, sizes: NDArray[np.float64]) -> tuple[str, ...]:
    order = [int(i) for i in np.argsort(-np.nan_to_num(sizes), kind="stable")[:NAMED]]
    largest = sizes[order[0]] if order else 0.0
    return tuple(system.unknowns[i].name for i in order if sizes[i] > 0.1 * largest)
