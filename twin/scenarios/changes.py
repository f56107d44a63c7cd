"""Turns do-changes into what the engine is handed: schedules, and jumps of parameters and states at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from physics.contract import Kind, Quantity
from physics.simulate.model import Model
from twin.assembly.assembly import Assembly
from twin.errors import Fault, InvalidInput
from twin.records.scenario import Change, ChangeKind
from twin.scene.scene import split_path

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Move:
    """From sample `row` on, line `index` of the parameters, states or inputs is set (or scaled)."""

    row: int
    where: Kind
    index: int
    value: float | None
    factor: float | None

    def apply(self, old: Floats) -> Floats:
        """The line after the move."""
        return np.full_like(old, self.value) if self.value is not None else old * (self.factor or 0.0)


@dataclass(frozen=True)
class Intervention:
    """Everything a scenario does, in order of time.

    Attributes: moves; cuts, samples at which parameters or states jump, where a run is interrupted.
    """

    moves: tuple[Move, ...]
    cuts: tuple[int, ...]

    def schedule(self, inputs: Floats) -> Floats:
        """The inputs [T, I] or [T, I, W] with the changed ones replaced."""
        changed = inputs.copy()
        for move in self.moves:
            if move.where is Kind.INPUT:
                changed[move.row :, move.index] = move.apply(changed[move.row :, move.index])
        return changed

    def jump(self, row: int, parameters: Floats, start: Floats) -> tuple[Floats, Floats]:
        """Parameters [P, W] and states [Z, W] after the moves that fall on a sample."""
        parameters, start = parameters.copy(), start.copy()
        for move in self.moves:
            if move.row == row and move.where is not Kind.INPUT:
                lines = parameters if move.where is Kind.PARAMETER else start
                lines[move.index] = move.apply(lines[move.index])
        return parameters, start


NOTHING = Intervention((), ())


def prepare(
    changes: Sequence[Change], assembly: Assembly, model: Model, *, samples: int, sample_s: float
) -> Intervention:
    """Check every change against the plant and place it in time.

    Raises: InvalidInput, with every change that names nothing, breaks a range or starts after the horizon.
    """
    faults: list[Fault] = []
    moves: list[Move] = []
    for number, change in enumerate(changes):
        row = int(np.ceil(change.at_s / sample_s - 1e-9))
        moves += _moves(change, f"changes[{number}]", row, assembly, model, faults)
        if not 0 <= row < samples:
            faults.append(Fault(f"changes[{number}].at_s", f"{change.at_s} s", "a time before the horizon ends"))
    if faults:
        raise InvalidInput(faults)
    ordered = tuple(sorted(moves, key=lambda move: move.row))
    return Intervention(ordered, tuple(sorted({move.row for move in ordered if move.where is not Kind.INPUT})))


def _moves(change: Change, where: str, row: int, assembly: Assembly, model: Model, faults: list[Fault]) -> list[Move]:
    if change.kind is ChangeKind.MAINTENANCE:
        return _maintenance(change, where, row, assembly, model, faults)
    if (change.value is None) == (change.factor is None):
        faults.append(Fault(where, "both or neither of value and factor", "exactly one of them"))
        return []
    places: dict[ChangeKind, list[tuple[Kind, tuple[str, ...]]]] = {
        ChangeKind.PARAMETER: [(Kind.PARAMETER, model.parameter_names)],
        ChangeKind.INPUT: [(Kind.INPUT, model.input_names)],
        ChangeKind.FAULT: [(Kind.PARAMETER, model.parameter_names), (Kind.STATE, model.state_names)],
    }
    target = dict(zip(assembly.input_tags, assembly.drives, strict=True)).get(change.target, change.target)
    for kind, names in places[change.kind]:
        if target in names:
            faults += _range_faults(change, where, target, assembly)
            return [Move(row, kind, names.index(target), change.value, change.factor)]
    known = [name for _, names in places[change.kind] for name in names if name.startswith(split_path(target)[0])]
    hint = f"It has: {', '.join(known[:6])}." if known else "List the targets of this plant first."
    faults.append(Fault(f"{where}.target", target, f"a {change.kind.value} of this plant", hint))
    return []


def _maintenance(
    change: Change, where: str, row: int, assembly: Assembly, model: Model, faults: list[Fault]
) -> list[Move]:
    worn = [i for i, name in enumerate(model.state_names) if model.slow[i] and split_path(name)[0] == change.target]
    if not worn:
        faults.append(Fault(f"{where}.target", change.target, "an asset that wears"))
    if change.factor is not None:
        return [Move(row, Kind.STATE, index, None, change.factor) for index in worn]
    declared = [_declared(model.state_names[index], assembly) for index in worn]
    return [
        Move(row, Kind.STATE, index, 0.0 if quantity is None else quantity.default, None)
        for index, quantity in zip(worn, declared, strict=True)
    ]


def _range_faults(change: Change, where: str, target: str, assembly: Assembly) -> list[Fault]:
    quantity = _declared(target, assembly)
    if quantity is None:
        return []
    rule = f"{quantity.low:g} to {quantity.high:g} {quantity.unit}"
    if change.value is not None and not quantity.low <= change.value <= quantity.high:
        return [Fault(f"{where}.value", f"{change.value:g} for {target}", rule, "Values are SI.")]
    if change.factor is not None and not (np.isfinite(change.factor) and (change.factor >= 0 or quantity.low < 0)):
        return [Fault(f"{where}.factor", f"{change.factor:g} for {target}", f"a factor that keeps it in {rule}")]
    return []


def _declared(path: str, assembly: Assembly) -> Quantity | None:
    """What the component type declares of "<asset>.<quantity>"."""
    asset, name = split_path(path)
    types = {part.id: part.type for part in assembly.plant.parts}
    return assembly.types[types[asset]].declaration.by_name.get(name) if asset in types else None
