"""What a number that follows from all outputs owes to parameters, start values and weights: exact adjoints.

The slopes are those of the very steps that were taken, to rounding, by rk4 or by two implicit stages for what is stiff
or has algebraic unknowns. Their cost does not grow with how many are asked for: some three rollouts of rk4, where
`sensitivity` takes a seventh of one for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil
from typing import Any

import numpy as np
import warp as wp
from numpy.typing import NDArray

from physics.compiler import implicit_sweep
from physics.compiler.adjoint import Unsuited
from physics.compiler.lanes import PRECISIONS
from physics.compiler.methods import METHODS, RungeKutta
from physics.network.plant import split
from physics.simulate import device, tables
from physics.simulate.model import Floats, IslandModel, Model
from physics.simulate.rollout import RolloutRefused, TooLarge
from physics.simulate.threads import STACK_BYTES, carry

EXPLICIT, IMPLICIT = "rk4", "sdirk2"
"""Methods that have a way back; the second is of order 2, L-stable and solves algebraic unknowns along."""

PIECES = 4
"""Launches for each thread."""


@dataclass(frozen=True)
class Gradient:
    """Slopes of the sum of cotangents times outputs.

    Attributes: parameters [F, W], of the free ones; start [Z, W]; networks, by key [M, n], summed over worlds, in the
    order of the model's `networks` or in that in which the worlds' own weights first appear.
    """

    parameters: Floats
    start: Floats
    networks: dict[str, Floats]


@dataclass(frozen=True)
class _Work:
    """What the caller gave, worlds last, and how it is to run."""

    inputs: Floats
    parameters: Floats
    start: Floats
    cotangents: Floats
    sample_s: float
    max_step_s: float
    precision: str
    threads: int
    method: RungeKutta | None


def gradient(
    model: Model,
    *,
    inputs: Floats,
    sample_s: float,
    cotangents: Floats,
    parameters: Floats,
    start: Floats | None = None,
    free: Sequence[str] = (),
    max_step_s: float = float("inf"),
    precision: str = "float64",
    threads: int = 2,
    method: str = EXPLICIT,
) -> Gradient:
    """Slopes of `sum(cotangents * outputs)` of a rollout with fixed steps.

    Args:
        model: A compiled plant without events; without algebraic unknowns for rk4.
        inputs: As for a rollout, shape [T, I] or [T, I, W].
        sample_s: Time between rows.
        cotangents: What the number in question owes to each output, shape [T, S, W].
        parameters: Shape [P, W].
        start: Shape [Z, W]; the plant's own by default.
        free: Names of the parameters whose slopes are asked for; start values and weights always get theirs.
        max_step_s: The step, a sample by default, as for a rollout.
        precision: "float64", or "float32" for rk4.
        threads: How many.
        method: "rk4", whose steps a rollout with that method takes too, or "sdirk2".
    Raises: RolloutRefused, where the plant or a name does not suit; TooLarge, where the path does not fit.
    """
    model, parameters = tables.gathered(model, parameters)
    worlds = parameters.shape[1]
    begin = np.repeat(model.start[:, None], worlds, axis=1) if start is None else start
    series = inputs if inputs.ndim == 3 else inputs[:, :, None]
    own = METHODS[EXPLICIT] if method == EXPLICIT else None
    assert isinstance(own, RungeKutta | None)
    work = _Work(series, parameters, begin, cotangents, sample_s, max_step_s, precision, threads, own)
    _check(model, work, free, method)
    result = Gradient(
        np.zeros((len(free), worlds)),
        np.zeros_like(begin),
        {k: np.zeros_like(model.networks[k]) for k in tables.counts(model)},
    )
    for island in model.islands:
        if len(island.outputs):
            _sweep(model, island, work, list(free), result)
    for key, slopes in result.networks.items():
        slopes *= tables.counted(model, key)
    return result


def _check(model: Model, work: _Work, free: Sequence[str], method: str) -> None:
    faults = []
    if method not in (EXPLICIT, IMPLICIT):
        faults.append(f"method: got {method!r}, need {EXPLICIT!r} or {IMPLICIT!r}.")
    if work.method is None and work.precision != "float64":
        faults.append(f"precision: got {work.precision!r} for {IMPLICIT!r}, need 'float64'.")
    for island in model.islands:
        where = f"in the island of {island.parts[0]}, need none"
        if len(island.outputs) and island.system.algebraic and work.method is not None:
            faults.append(f"gradient: got algebraic unknowns {where} for {EXPLICIT!r}. Take {IMPLICIT!r}.")
        if len(island.outputs) and island.system.events:
            faults.append(f"gradient: got events {where}. Take `sensitivity`.")
    within = {name for island in model.islands for name in island.system.parameters}
    unknown = [name for name in free if name not in within]
    if unknown:
        faults.append(f"free: got {unknown}, need parameters of the parts; weights always get their slopes.")
    expected = (len(work.inputs), len(model.output_names), work.parameters.shape[1])
    if work.cotangents.shape != expected:
        faults.append(f"cotangents: got shape {work.cotangents.shape}, need {expected}.")
    faults += tables.faults(model, work.parameters)
    if faults:
        raise RolloutRefused("\n".join(faults))


def _sweep(model: Model, island: IslandModel, work: _Work, free: list[str], result: Gradient) -> None:
    """Carry all worlds of one island forth and back and add what was found."""
    system, real = island.system, PRECISIONS[work.precision]
    held = np.dtype(work.precision)
    rows = {model.parameter_names[k]: row for row, k in enumerate(island.parameters)}
    mine = [k for k, name in enumerate(free) if name in rows]
    kernel = _kernel(system.representative or system, tuple(rows[free[k]] for k in mine), work)
    columns, counted, members = _columns(island, work.parameters[island.parameters], real.lanes)
    each = max(1, ceil(work.sample_s / work.max_step_s * (1 - 1e-6))) if work.max_step_s > 0 else 1
    points = implicit_sweep.STAGES if work.method is None else work.method.stages
    _fits(len(work.inputs) * each, points * len(system.unknowns), real.lanes * held.itemsize)
    z = np.ascontiguousarray(work.start[island.states][:, columns], held)
    p = np.ascontiguousarray(work.parameters[island.parameters][:, columns], held)
    nets = tables.placed(model, [island], p, len(columns))
    shared = work.inputs.shape[2] == 1
    u = np.ascontiguousarray(work.inputs[:, island.inputs][:, :, slice(None) if shared else columns], held)
    g = np.ascontiguousarray(np.where(counted, work.cotangents[:, island.outputs][:, :, columns], 0.0), held)
    owed = np.zeros((max(1, len(mine)), len(columns)), held)
    groups, weights = len(columns) // real.lanes, sum(count for _, count in system.tables)
    slopes = np.zeros((groups, max(1, weights)), held)
    arrays = [_share(a) for a in (z, _row(p), _row(u), g, owed, slopes, nets)]
    scalars = (len(u), len(columns), 1 if shared else len(columns), each, slopes.shape[1], work.sample_s / each)
    _launch(kernel, [*arrays, *scalars], groups, work.threads)
    at = columns[counted]
    result.start[np.ix_(island.states, at)] = z[:, counted]
    result.parameters[np.ix_(np.array(mine, np.intp), at)] = owed[: len(mine), counted]
    first = 0
    for (row, count), chosen in zip(system.tables, members, strict=True):
        table = result.networks[split(system.parameters[row])[0]]
        np.add.at(table, chosen[:: real.lanes], slopes[:, first : first + count].astype(np.float64))
        first += count


def _kernel(system: Any, free: tuple[int, ...], work: _Work) -> Any:
    try:
        return device.sweep(system, free, work.precision, work.method)
    except Unsuited as reason:
        raise RolloutRefused(f"gradient: {reason}. Take `sensitivity`.") from reason


def _columns(
    island: IslandModel, parameters: Floats, lanes: int
) -> tuple[NDArray[np.intp], NDArray[np.bool_], NDArray[np.intp]]:
    """Which world each column is, whether it counts, and its sets of weights; groups of one set, the rest copies."""
    chosen = parameters[[row for row, _ in island.system.tables]].astype(np.intp)
    _sets, kind = (
        np.unique(chosen, axis=1, return_inverse=True)
        if len(chosen)
        else (chosen, np.zeros(parameters.shape[1], np.intp))
    )
    columns, counted = [], []
    for one in range(int(kind.max()) + 1):
        worlds = np.flatnonzero(kind.ravel() == one)
        fill = -len(worlds) % lanes
        columns += [worlds, np.repeat(worlds[-1:], fill)]
        counted += [np.ones(len(worlds), np.bool_), np.zeros(fill, np.bool_)]
    order = np.concatenate(columns)
    return order, np.concatenate(counted), chosen[:, order]


def _fits(steps: int, numbers: int, vector_bytes: int) -> None:
    needed = steps * numbers * vector_bytes
    if needed > STACK_BYTES // 2:
        raise TooLarge(
            f"gradient: got {needed:,} bytes for the path of {steps} steps, need at most {STACK_BYTES // 2:,}. "
            "Cut the log into windows."
        )


def _row(array: NDArray[np.floating]) -> NDArray[np.floating]:
    """The array, or one with a row where it has none."""
    empty = array.shape[-2] == 0
    return np.zeros((*array.shape[:-2], 1, array.shape[-1]), array.dtype) if empty else array


def _share(array: NDArray[np.floating]) -> Any:
    return wp.array(array, dtype=device.NUMBERS[array.dtype.name], device=device.CPU, copy=False)


def _launch(kernel: Any, arguments: list[Any], groups: int, threads: int) -> None:
    """Groups in pieces on threads with room for their paths."""
    size = max(1, -(-groups // (PIECES * max(1, threads))))

    def run(first: int) -> None:
        wp.launch(kernel, dim=min(size, groups - first), inputs=[*arguments, first], device=device.CPU)

    carry([partial(run, first) for first in range(0, groups, size)], threads=threads)
