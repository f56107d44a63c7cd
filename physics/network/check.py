"""Rules that a plant must keep before its laws are joined: names, numbers, links. Every fault is told at once."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator

from physics.compiler import memory
from physics.contract import DOMAINS, Component, Correction, Kind, Port, Quantity
from physics.network.declared import Laws
from physics.network.faults import PlantFault, near
from physics.network.joints import Types, join, ports_of
from physics.network.plant import Network, Part, Plant, split

LARGEST_HIDDEN, LARGEST_LAYER = 16, 256


def check(plant: Plant, types: Types) -> list[PlantFault]:
    """Every broken rule of a plant's names, numbers, links and corrections."""
    faults = [*_ids(plant)]
    known = {part.id: types[part.type] for part in plant.parts if part.type in types}
    for part in plant.parts:
        if part.id in known:
            faults += [*_numbers(part, known[part.id]), *_curves(part, known[part.id]), *_starts(part, known[part.id])]
        else:
            faults.append(_unknown(part.id, f"type {part.type!r}", "a type of the catalogue", part.type, types))
    sound = []
    typeless = {part.id for part in plant.parts} - set(known)
    for link in plant.links:
        if any(split(end)[0] in typeless for end in link):
            continue  # the unknown type is the fault, not what is joined to it
        found = list(_link(link, known))
        faults += found
        sound += [] if found else [link]
    faults += _signals(sound, known)
    complete = Plant(tuple(p for p in plant.parts if p.id in known), tuple(sound))
    faults += _fixed_twice(complete, types)
    return faults + list(_corrections(plant, known))


def _unknown(where: str, got: str, need: str, name: str, known: Iterable[str]) -> PlantFault:
    """A fault about a name, with the nearest known ones."""
    return PlantFault(where, got, need, near(name, known))


def _ids(plant: Plant) -> Iterator[PlantFault]:
    if not plant.parts:
        yield PlantFault("plant", "no parts", "at least one part", "Add one; `twin component list` shows the types.")
    for id_, count in Counter(part.id for part in plant.parts).items():
        if count > 1:
            yield PlantFault(id_, f"{count} parts of that id", "one", "Rename the others.")
        if not id_ or "." in id_:
            yield PlantFault(id_ or "(empty)", f"id {id_!r}", 'an id without "."', "Rename the part.")


def _numbers(part: Part, component: type[Component]) -> Iterator[PlantFault]:
    allowed = {q.name: q for q in component.declaration.quantities if q.kind in (Kind.PARAMETER, Kind.INPUT)}
    for name, value in part.parameters.items():
        where = f"{part.id}.{name}"
        if name not in allowed:
            yield _unknown(where, f"parameter {name!r}", f"a parameter of {component.name}", name, allowed)
        else:
            yield from _bounded(where, value, allowed[name])


def _curves(part: Part, component: type[Component]) -> Iterator[PlantFault]:
    """Coordinates that make no curve; `Table.numbers` gives them for a list of points."""
    values = {q.name: q.default for q in component.declaration.quantities} | dict(part.parameters)
    for table in component.declaration.tables:
        for at, got, need in table.faults(table.of(values)):
            yield PlantFault(f"{part.id}.{table.name}, point {at + 1}", got, need)


def _bounded(where: str, value: float, quantity: Quantity) -> Iterator[PlantFault]:
    if not math.isfinite(value):
        yield PlantFault(where, str(value), f"a finite number in {quantity.unit}", "Check where the number comes from.")
    elif not quantity.low <= value <= quantity.high:
        rule = f"{quantity.low:g} to {quantity.high:g} {quantity.unit}"
        yield PlantFault(where, f"{value:g} {quantity.unit}", rule, "Check sign and unit.")


def _starts(part: Part, component: type[Component]) -> Iterator[PlantFault]:
    states = {q.name: q for q in component.declaration.quantities if q.kind in (Kind.STATE, Kind.MODE, Kind.UNKNOWN)}
    efforts = {f"{p.name}.{e}" for p in component.declaration.ports for e in _efforts(p)}
    for name, value in part.start.items():
        where = f"{part.id}.{name}@start"
        if name in states:
            yield from _bounded(where, value, states[name])
        elif name not in efforts:
            yield _unknown(where, f"start of {name!r}", f"a state of {component.name}", name, [*states, *efforts])
        elif not math.isfinite(value):
            yield PlantFault(where, str(value), "a finite number", "Check where the number comes from.")


def _efforts(port: Port) -> tuple[str, ...]:
    domain = DOMAINS[port.domain]
    return () if domain.flow is None else (domain.effort, *(domain.carried or ())[:1])


def _link(link: tuple[str, str], known: dict[str, type[Component]]) -> Iterator[PlantFault]:
    where, ends = " - ".join(link), []
    for end in link:
        part, name = split(end)
        if part not in known:
            yield _unknown(where, f"part {part!r}", "a part of the plant", part, known)
        elif name not in ports_of(known[part]):
            yield _unknown(where, f"port {name!r}", f"a port of {known[part].name}", name, ports_of(known[part]))
        else:
            ends.append(ports_of(known[part])[name])
    if len(ends) < 2:
        return
    one, other = ends
    if link[0] == link[1]:
        yield PlantFault(where, "a port joined to itself", "two ports", "Name the other end.")
    elif one.domain != other.domain:
        step = "Put a part between them that converts."
        yield PlantFault(where, f"{one.domain} joined to {other.domain}", "two ports of one domain", step)
    elif one.domain == "signal" and one.fixes == other.fixes:
        got = "two signal outputs" if one.fixes else "two signal inputs"
        yield PlantFault(where, got, "an output joined to an input", "Name another port at one end.")


def _signals(links: list[tuple[str, str]], known: dict[str, type[Component]]) -> Iterator[PlantFault]:
    heard = Counter(end for link in links for end in link)
    for part, component in known.items():
        for port in component.declaration.ports:
            if port.domain != "signal" or port.fixes:
                continue
            count = heard[f"{part}.{port.name}"]
            if count != 1:
                got = "no signal" if count == 0 else f"{count} signals"
                yield PlantFault(f"{part}.{port.name}", got, "exactly one", "Link one signal output to it.")


def _fixed_twice(plant: Plant, types: Types) -> Iterator[PlantFault]:
    ports = {part.id: ports_of(types[part.type]) for part in plant.parts}
    for node in join(plant, types).nodes:
        fixing = [f"{part}.{port}" for part, port in node.members if ports[part][port].fixes]
        if len(fixing) > 1:
            need = f"one part that fixes {node.domain.effort}"
            step = "Put a resistance or compliance between them, or turn one part round so that its other end is fixed."
            yield PlantFault(" - ".join(fixing), f"{len(fixing)} joined", need, step)


def _corrections(plant: Plant, known: dict[str, type[Component]]) -> Iterator[PlantFault]:
    shapes: dict[str, tuple[float, ...]] = {}
    seen: set[tuple[str, str]] = set()
    laws = Laws(known, [network for network in plant.corrections if network.part in known])
    for network in plant.corrections:
        where = f"{network.part}.{network.correction}"
        if network.part not in known:
            yield _unknown(where, f"part {network.part!r}", "a part of the plant", network.part, known)
            continue
        declared = {c.name: c for c in known[network.part].declaration.corrections}
        if network.correction not in declared:
            need = f"a correction of {known[network.part].name}"
            yield _unknown(where, network.correction, need, network.correction, declared)
            continue
        if (network.part, network.correction) in seen:
            yield PlantFault(where, "two networks", "one network for a correction", "Leave one out.")
        seen.add((network.part, network.correction))
        yield from _network(where, network, declared[network.correction], laws, shapes)


def _network(
    where: str,
    network: Network,
    correction: Correction,
    laws: Laws,
    shapes: dict[str, tuple[float, ...]],
) -> Iterator[PlantFault]:
    if not network.layers and not 1 <= network.hidden <= LARGEST_HIDDEN:
        yield PlantFault(where, f"{network.hidden} hidden units", f"1 to {LARGEST_HIDDEN}", "Take fewer, or layers.")
    if any(not 1 <= size <= LARGEST_LAYER for size in network.layers):
        got, need = f"layers {list(network.layers)}", f"layers of 1 to {LARGEST_LAYER} units"
        yield PlantFault(where, got, need, "Take smaller ones.")
    if not 0 <= network.memory <= memory.LARGEST:
        yield PlantFault(where, f"a memory of {network.memory} units", f"0 to {memory.LARGEST}", "Take fewer.")
    if not correction.low < 0 < correction.high:
        yield PlantFault(
            where, f"range ({correction.low:g}, {correction.high:g})", "a range with zero inside", "Widen it."
        )
    if network.key in laws.types or not network.key:
        yield PlantFault(where, f"key {network.key!r}", "a key that is no part's id", "Rename it.")
    hidden = (*network.layers, network.codes) if network.layers else (network.hidden,)
    shape = (laws.feature_count(network), *hidden, network.memory, correction.low, correction.high)
    if shapes.setdefault(network.key, shape) != shape:
        got = f"shape {shape} under key {network.key!r}"
        yield PlantFault(where, got, f"{shapes[network.key]} as others have it", "Give it a key of its own.")
