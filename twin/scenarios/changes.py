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
from twin.scene.line import CouplingKind
from twin.scene.scene import split_path

Floats = NDArray[np.float64]

SET_BY_LINE = (CouplingKind.LOAD, CouplingKind.WORK)
"""Couplings whose input is what the line makes it."""


@dataclass(frozen=True)
class Limit:
    """Range that a scaled quantity must stay in, and the change to blame where it does not."""

    where: str
    target: str
    low: float
    high: float
    unit: str

    @property
    def rule(self) -> str:
        """The range in words."""
        return f"{self.low:g} to {self.high:g} {self.unit}".removesuffix(" 1")

    def require(self, values: Floats) -> None:
        """Refuse values outside, with the farthest one."""
        for bad, reached in ((values < self.low, np.nanmin), (values > self.high, np.nanmax)):
            if bad.any():
                got = f"{reached(values):g} for {self.target}"
                raise InvalidInput([Fault(self.where, got, self.rule, "Choose a factor nearer to 1.")])


@dataclass(frozen=True)
class Move:
    """From sample `row` on, line `index` of the parameters, states or inputs is set (or scaled)."""

    row: int
    where: Kind
    index: int
    value: float | None
    factor: float | None
    limit: Limit | None = None

    def apply(self, old: Floats) -> Floats:
        """The line after the move.

        Raises: InvalidInput, when a factor takes it out of its range.
        """
        if self.value is not None:
            return np.full_like(old, self.value)
        new = old * (self.factor or 0.0)
        if self.limit is not None:
            self.limit.require(new)
        return new


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
        if change.kind is ChangeKind.SETTING:
            continue  # of the line, not of the plant
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
    if target in {item.quantity for item in assembly.couplings if item.kind in SET_BY_LINE}:
        faults.append(Fault(f"{where}.target", f"{target}, which the line sets", "an input of its own",
                            "Change the part of the line that sets it."))  # fmt: skip
        return []
    for kind, names in places[change.kind]:
        if target in names:
            limit = _limit(where, target, assembly)
            faults += _range_faults(change, where, limit)
            return [Move(row, kind, names.index(target), change.value, change.factor, limit)]
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


def _limit(where: str, target: str, assembly: Assembly) -> Limit | None:
    quantity = _declared(target, assembly)
    if quantity is None:
        return None
    return Limit(f"{where}.factor", target, quantity.low, quantity.high, quantity.unit)


def _range_faults(change: Change, where: str, limit: Limit | None) -> list[Fault]:
    """What can be told before the numbers that a factor scales are known."""
    if limit is None:
        return []
    if change.value is not None and not limit.low <= change.value <= limit.high:
        return [Fault(f"{where}.value", f"{change.value:g} for {limit.target}", limit.rule, "Values are SI.")]
    if change.factor is not None and not (np.isfinite(change.factor) and (change.factor >= 0 or limit.low < 0)):
        return [Fault(limit.where, f"{change.factor:g} for {limit.target}", f"a factor that keeps it in {limit.rule}")]
    return []


def _declared(path: str, assembly: Assembly) -> Quantity | None:
    """What the component type declares of "<asset>.<quantity>"."""
    asset, name = split_path(path)
    types = {part.id: part.type for part in assembly.plant.parts}
    return assembly.types[types[asset]].declaration.by_name.get(name) if asset in types else None
