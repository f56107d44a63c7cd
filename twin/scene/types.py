"""What component types offer to a scene: ports, quantities, observables and their units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from physics import catalogue
from physics.contract import DOMAINS, Component, Kind, Port, Quantity
from twin.errors import Fault, InvalidInput
from twin.scene.material import MaterialPort, flow_type, material_port
from twin.units import UnitError, unit_of_name

Types = Mapping[str, type[Component]]


@dataclass(frozen=True)
class Offer:
    """One thing of a component type that a sensor may measure or an input may drive; bounds and unit in SI."""

    path: str
    unit: str
    kind: Kind
    low: float = -float("inf")
    high: float = float("inf")
    doc: str = ""


def installed(folders: Iterable[Path] = ()) -> Types:
    """The component types that come with the package, and those in folders of one's own.

    Raises: InvalidInput, with every fault of the files in those folders.
    """
    try:
        return catalogue.components(folders)
    except catalogue.CatalogueRefused as refusal:
        faults = [Fault(fault.where, fault.got, fault.need, fault.next_step) for fault in refusal.faults]
        raise InvalidInput(faults) from refusal


def port(kind: type[Component], name: str) -> Port | None:
    """The port of that name, None if there is none."""
    return next((item for item in kind.declaration.ports if item.name == name), None)


def port_of(types: Types, type_name: str, name: str) -> Port | MaterialPort | None:
    """The port of a component type or flow type of that name, None if there is none."""
    line = flow_type(type_name)
    if line is not None:
        return material_port(line, name)
    return port(types[type_name], name) if type_name in types else None


def offers(kind: type[Component]) -> Mapping[str, Offer]:
    """Everything of a type that has a value in the course of time, by its path inside the asset."""
    return _offers(kind)  # type: ignore[arg-type]  # mypy takes the metaclass's hash for the instance's


@lru_cache(maxsize=1024)
def _offers(kind: type[Component]) -> Mapping[str, Offer]:
    found: dict[str, Offer] = {}
    for quantity in kind.declaration.quantities:
        if quantity.kind is not Kind.PARAMETER:
            found[quantity.name] = Offer(
                quantity.name, quantity.unit, quantity.kind, quantity.low, quantity.high, quantity.doc
            )
    for item in kind.declaration.ports:
        for name, unit in _port_quantities(item):
            found[f"{item.name}.{name}"] = Offer(f"{item.name}.{name}", unit, Kind.OBSERVABLE, doc=item.doc)
    for correction in kind.declaration.corrections:
        found[correction.name] = Offer(correction.name, correction.unit, Kind.CORRECTION, doc=correction.doc)
    for key in kind().law(catalogue.symbols(kind)):
        if "." not in key and key not in found:
            found[key] = Offer(key, _unit_or_one(key), Kind.OBSERVABLE)
    return found


def starts(kind: type[Component]) -> dict[str, Quantity]:
    """What an asset's `start` may set: states, unknowns, and efforts at ports where something may be stored."""
    found = {
        item.name: item for item in kind.declaration.quantities if item.kind in (Kind.STATE, Kind.MODE, Kind.UNKNOWN)
    }
    for item in kind.declaration.ports:
        domain = DOMAINS[item.domain]
        if domain.flow is not None and not item.fixes:
            name = f"{item.name}.{domain.effort}"
            found[name] = Quantity(Kind.STATE, domain.unit, f"Start at {item.name}", domain.default, name=name)
            if domain.carried is not None:
                name = f"{item.name}.{domain.carried[0]}"
                found[name] = Quantity(Kind.STATE, "J/kg", f"Start at {item.name}", name=name)
    return found


def _port_quantities(item: Port) -> list[tuple[str, str]]:
    domain = DOMAINS[item.domain]
    if domain.flow is None:
        return [(domain.effort, item.unit)]
    pairs = [(domain.effort, domain.unit), (domain.flow, str(domain.flow_unit))]
    if domain.carried is not None:
        pairs += [(domain.carried[0], "J/kg"), (domain.carried[1], "W")]
    return pairs


def _unit_or_one(name: str) -> str:
    try:
        return unit_of_name(name)
    except UnitError:
        return "1"
