"""Which parts must be solved together: those that physical nodes or signals couple both ways.

A source that nothing can move (mains, ambient, a supply: its effort follows from inputs and parameters alone) couples
nobody. It is given to every island that it touches, so a hall with one supply is still many small systems.
"""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx

from physics.compiler.trace import Level, trace
from physics.contract import Component, Kind
from physics.network.joints import Joints, Types
from physics.network.plant import Plant, split


def islands(plant: Plant, types: Types, joints: Joints, outputs: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Part ids per island, in plant order; unmoved sources may stand in several.

    Args:
        plant: A plant whose names and links were checked.
        types: Component types by name.
        joints: Its nodes and signals.
        outputs: Paths to observe; a source whose own flow is asked for keeps its users together.
    """
    shown = [split(path) for path in outputs]
    learned = {network.part for network in plant.corrections}
    unmoved = {
        part.id
        for part in plant.parts
        if part.id not in learned and _unmoved(types[part.type], {rest for owner, rest in shown if owner == part.id})
    }
    together: nx.Graph = nx.Graph()
    together.add_nodes_from(part.id for part in plant.parts if part.id not in unmoved)
    touched: dict[str, set[str]] = {}
    groups = [[part for part, _ in node.members] for node in joints.nodes]
    groups += [[into[0], source[0]] for into, source in joints.source_of.items()]
    for group in groups:
        for source in unmoved.intersection(group):
            touched.setdefault(source, set()).update(set(group) - unmoved)
        if not unmoved.intersection(group):
            nx.add_path(together, group)
    return _ordered(plant, together, unmoved, touched)


def _ordered(
    plant: Plant, together: nx.Graph, unmoved: set[str], touched: dict[str, set[str]]
) -> tuple[tuple[str, ...], ...]:
    order = {part.id: index for index, part in enumerate(plant.parts)}
    found = []
    for group in nx.connected_components(together):
        sources = {source for source, users in touched.items() if users & group}
        found.append(tuple(sorted(group | sources, key=order.__getitem__)))
    idle = [(source,) for source in unmoved if not touched.get(source)]
    return tuple(sorted([*found, *idle], key=lambda island: [order[part] for part in island]))


def _unmoved(component: type[Component], asked: set[str]) -> bool:
    """Whether nothing that others do can change what the part does to them, nor what is asked of it."""
    declared = component.declaration
    if any(q.kind in (Kind.STATE, Kind.MODE, Kind.UNKNOWN) for q in declared.quantities):
        return False
    if not declared.ports or not all(port.fixes for port in declared.ports):
        return False
    traced = trace(component)
    moving = {symbol for name, symbol in traced.symbols.items() if traced.levels[name] is Level.DYNAMIC}
    keys = [key for key in traced.equations if "." in key or key in asked]
    flows = {name for name in traced.symbols if traced.levels[name] is Level.DYNAMIC}
    return not asked & flows and not any(traced.equations[key].free_symbols & moving for key in keys)
