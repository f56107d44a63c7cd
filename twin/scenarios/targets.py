"""Lists what a what-if may change in a plant."""

from __future__ import annotations

from dataclasses import dataclass

from physics.contract import Kind
from physics.simulate.model import Model
from twin.assembly.assembly import Assembly
from twin.records.scenario import Change, ChangeKind


@dataclass(frozen=True)
class Target:
    """One thing to change: its kind, its name in a change, what it is, and its value and range in SI.

    `value` is the default or nominal value; None for an input that a tag of the log drives, and for maintenance.
    """

    kind: ChangeKind
    target: str
    asset: str
    doc: str = ""
    unit: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None


def targets_of(assembly: Assembly, model: Model) -> tuple[Target, ...]:
    """Inputs first, then maintenance of what wears, then parameters, in the order of the parts.

    The points of a curve are left out: moved one by one they may be no curve any more.
    """
    parameters = dict(zip(model.parameter_names, map(float, model.parameters), strict=True))
    defaults = dict(zip(model.input_names, map(float, model.inputs), strict=True))
    logged = set(assembly.drives)
    inputs, upkeep, constants = [], [], []
    for part in assembly.plant.parts:
        declaration = assembly.types[part.type].declaration
        coordinates = {name for table in declaration.tables for pair in table.pairs for name in pair}
        for quantity in [item for item in declaration.quantities if item.name not in coordinates]:
            path = f"{part.id}.{quantity.name}"
            facts = (part.id, quantity.doc, quantity.unit)
            if quantity.kind is Kind.INPUT and path in defaults:
                value = None if path in logged else defaults[path]
                inputs.append(Target(ChangeKind.INPUT, path, *facts, value, quantity.low, quantity.high))
            elif quantity.kind is Kind.PARAMETER and path in parameters:
                value = parameters[path]
                constants.append(Target(ChangeKind.PARAMETER, path, *facts, value, quantity.low, quantity.high))
        if any(quantity.slow for quantity in declaration.quantities):
            actions = ", ".join(dict.fromkeys(failure.action for failure in declaration.failures))
            upkeep.append(Target(ChangeKind.MAINTENANCE, part.id, part.id, actions))
    return (*inputs, *upkeep, *constants)


def change_of(
    assembly: Assembly, model: Model, target: str, *, value: float | None, factor: float | None, at_s: float = 0.0
) -> Change:
    """A change as a person words it: the target is a path in SI, or an input's tag in its own unit.

    What the plant does not have stays as it was said; preparing the scenario then names it with every other fault.
    """
    drives = dict(zip(assembly.input_tags, assembly.drives, strict=True))
    if target in drives:
        si = None if value is None else assembly.units[target].to_si(value)
        return Change(ChangeKind.INPUT, drives[target], si, factor, at_s)
    kind = ChangeKind.INPUT if target in model.input_names else ChangeKind.PARAMETER
    if target in model.state_names:
        kind = ChangeKind.FAULT
    return Change(kind, target, value, factor, at_s)
