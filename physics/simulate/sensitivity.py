"""How outputs answer to parameters and start states: perturbed copies that share one world's steps.

Each group of eight lanes holds the unperturbed world and seven copies with one number moved. The first lane alone
chooses the steps, so the copies differ by the perturbation and by nothing else, and a forward difference is clean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from physics.compiler.lanes import LANE_COUNT
from physics.simulate import device, tables
from physics.simulate.model import Floats, Model
from physics.simulate.rollout import Options, RolloutRefused, rollout

PER_GROUP = LANE_COUNT - 1
RELATIVE_MOVE = 1e-6
"""Forward difference: truncation about 1e-6 of the curvature, rounding about 1e-9."""

SMALLEST_SIZE = 0.1
"""Size of a number whose default is zero (a weight), for the perturbation."""

SCRATCH_BYTES = 1 << 29
"""Copies are run in slices of about this many bytes."""

START = "@start"


@dataclass(frozen=True)
class Sensitivity:
    """Outputs and their slopes.

    Attributes: outputs [T, S, M]; jacobian [T, S, F, M], per unit of each free number; status [M] as in a rollout, of
    the world or of a copy that failed; steps [M].
    """

    outputs: Floats
    jacobian: Floats
    status: NDArray[np.int64]
    steps: NDArray[np.int64]


@dataclass(frozen=True)
class _Free:
    """Rows of the free numbers in parameters or start, and how far to move each."""

    is_start: tuple[bool, ...]
    rows: tuple[int, ...]
    moves: Floats


def sensitivity(
    model: Model,
    *,
    inputs: Floats,
    sample_s: float,
    parameters: Floats,
    free: Sequence[str],
    start: Floats | None = None,
    options: Options | None = None,
) -> Sensitivity:
    """Simulate M worlds with the derivatives of all outputs by the free numbers.

    Args:
        model: A compiled plant.
        inputs: Shape [T, I] or [T, I, M].
        sample_s: Time between rows.
        parameters: Shape [P, M].
        free: Names of parameters, or "<state>@start" for start values of differential states.
        start: Shape [Z, M]; the plant's own by default.
        options: As for a rollout.
    Raises: RolloutRefused, when a free name is unknown.
    """
    _known(model, free)
    model, parameters = tables.gathered(model, parameters)
    worlds = parameters.shape[1]
    begin = np.repeat(model.start[:, None], worlds, axis=1) if start is None else start
    result = Sensitivity(
        np.full((len(inputs), len(model.output_names), worlds), np.nan),
        np.zeros((len(inputs), len(model.output_names), len(free), worlds)),
        np.zeros(worlds, np.int64),
        np.zeros(worlds, np.int64),
    )
    settings = options or Options()
    for index, island in enumerate(model.islands):
        if not len(island.outputs):
            continue
        own = model.only(index)
        names = {*own.parameter_names, *(f"{name}{START}" for name in own.state_names)}
        columns = [k for k, name in enumerate(free) if name in names]
        numbers = (inputs[:, island.inputs], parameters[island.parameters], begin[island.states])
        found = _one_island(own, numbers, sample_s, [free[k] for k in columns], settings)
        result.outputs[:, island.outputs] = found.outputs
        result.jacobian[:, island.outputs[:, None], np.array(columns, np.intp)[None, :]] = found.jacobian
        np.maximum(result.status, found.status, out=result.status)
        np.add(result.steps, found.steps, out=result.steps)
    return result


def _one_island(
    model: Model, numbers: tuple[Floats, Floats, Floats], sample_s: float, free: list[str], options: Options
) -> Sensitivity:
    """The same for a model of one island, in slices of worlds that fit into the scratch memory."""
    inputs, parameters, start = numbers
    worlds = parameters.shape[1]
    chosen = _free(model, free, parameters, start)
    copies = -(-len(free) // PER_GROUP) * LANE_COUNT or 1
    settings = replace(options, lead=bool(free), device=device.CPU)
    slice_worlds = max(1, SCRATCH_BYTES // max(1, model.memory_bytes(len(inputs), LANE_COUNT) * copies // LANE_COUNT))
    result = Sensitivity(
        np.empty((len(inputs), len(model.output_names), worlds)),
        np.empty((len(inputs), len(model.output_names), len(free), worlds)),
        np.zeros(worlds, np.int64),
        np.zeros(worlds, np.int64),
    )
    for first in range(0, worlds, slice_worlds):
        part = slice(first, min(first + slice_worlds, worlds))
        moved_p, moved_z = _copies(chosen, chosen.moves[:, part], parameters[:, part], start[:, part], copies)
        own = inputs if inputs.ndim == 2 else np.repeat(inputs[:, :, part], copies, axis=2)
        run = rollout(model, inputs=own, sample_s=sample_s, parameters=moved_p, start=moved_z, options=settings)
        _differences(result, part, run.outputs, run.status, run.steps, chosen.moves[:, part], copies)
    return result


def _known(model: Model, free: Sequence[str]) -> None:
    """Refuse free names that are neither parameters nor starts of states with a rate."""
    starts = {f"{name}{START}" for name, rate in zip(model.state_names, model.differential, strict=True) if rate}
    within = {name for island in model.islands for name in island.system.parameters}
    unknown = [name for name in free if name not in within | starts]
    if unknown:
        raise RolloutRefused(f"free: got {unknown}, need parameters, or <state>{START} of states with a rate; "
                             "weights of several layers have `gradient`.")  # fmt: skip


def _free(model: Model, free: Sequence[str], parameters: Floats, start: Floats) -> _Free:
    parameter_row = {name: row for row, name in enumerate(model.parameter_names)}
    state_row = {name: row for row, name in enumerate(model.state_names)}
    is_start, rows, moves = [], [], []
    for name in free:
        starts = name not in parameter_row
        row = state_row[name.removesuffix(START)] if starts else parameter_row[name]
        value = (start if starts else parameters)[row]
        usual = model.nominal[row] if starts else abs(model.parameters[row]) or SMALLEST_SIZE
        target = value + RELATIVE_MOVE * np.maximum(np.abs(value), usual)
        is_start.append(starts)
        rows.append(row)
        moves.append(target - value)
    return _Free(tuple(is_start), tuple(rows), np.array(moves).reshape(len(free), parameters.shape[1]))


def _lane(index: int) -> int:
    """Position of a free number's copy among a world's copies."""
    return (index // PER_GROUP) * LANE_COUNT + 1 + index % PER_GROUP


def _copies(free: _Free, moves: Floats, parameters: Floats, start: Floats, copies: int) -> tuple[Floats, Floats]:
    moved_p, moved_z = np.repeat(parameters, copies, axis=1), np.repeat(start, copies, axis=1)
    columns = np.arange(parameters.shape[1]) * copies
    for index, (starts, row) in enumerate(zip(free.is_start, free.rows, strict=True)):
        target = moved_z if starts else moved_p
        base = start if starts else parameters
        target[row, columns + _lane(index)] = base[row] + moves[index]
    return moved_p, moved_z


def _differences(
    result: Sensitivity,
    part: slice,
    outputs: Floats,
    status: NDArray[np.int64],
    steps: NDArray[np.int64],
    moves: Floats,
    copies: int,
) -> None:
    runs = outputs.reshape(*outputs.shape[:2], -1, copies)
    base = runs[..., 0]
    result.outputs[:, :, part] = base
    result.status[part] = status.reshape(-1, copies).max(axis=1)
    result.steps[part] = steps.reshape(-1, copies)[:, 0]
    for index in range(len(moves)):
        result.jacobian[:, :, index, part] = (runs[..., _lane(index)] - base) / moves[index]
