"""Which ports meet: nodes with one effort each, and the signal that each signal input hears."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx

from physics.contract import DOMAINS, Component, Domain, Port
from physics.network.plant import Plant, split

Types = Mapping[str, type[Component]]


@dataclass(frozen=True)
class Node:
    """Joined physical ports; `fixing` is the member whose law sets the effort."""

    domain: Domain
    members: tuple[tuple[str, str], ...]
    fixing: tuple[str, str] | None

    @property
    def name(self) -> str:
        """The effort's quantity path, after the first member."""
        part, port = self.members[0]
        return f"{part}.{port}.{self.domain.effort}"

    @property
    def ends(self) -> str:
        """All joined ports, for a message."""
        return " - ".join(f"{part}.{port}" for part, port in self.members)


@dataclass(frozen=True)
class Joints:
    """Nodes, the node of each physical port, and the source of each signal input."""

    nodes: tuple[Node, ...]
    node_of: dict[tuple[str, str], Node]
    source_of: dict[tuple[str, str], tuple[str, str]]


def ports_of(component: type[Component]) -> dict[str, Port]:
    """Declared ports by name."""
    return {port.name: port for port in component.declaration.ports}


def join(plant: Plant, types: Types) -> Joints:
    """Follow the links of a plant whose names and domains were checked."""
    ports = {part.id: ports_of(types[part.type]) for part in plant.parts}
    physical: nx.Graph = nx.Graph()
    physical.add_nodes_from(
        (part, name) for part, own in ports.items() for name, p in own.items() if p.domain != "signal"
    )
    sources = {}
    for one, other in plant.links:
        ends = [split(one), split(other)]
        if ports[ends[0][0]][ends[0][1]].domain == "signal":
            out, into = sorted(ends, key=lambda end: not ports[end[0]][end[1]].fixes)
            sources[into] = out
        else:
            physical.add_edge(*ends)
    place = {member: index for index, member in enumerate(physical.nodes)}
    groups = [sorted(group, key=place.__getitem__) for group in nx.connected_components(physical)]
    nodes = tuple(_node(group, ports) for group in sorted(groups, key=lambda group: place[group[0]]))
    node_of = {member: node for node in nodes for member in node.members}
    return Joints(nodes, node_of, sources)


def _node(group: list[tuple[str, str]], ports: Mapping[str, Mapping[str, Port]]) -> Node:
    fixing = [member for member in group if ports[member[0]][member[1]].fixes]
    domain = DOMAINS[ports[group[0][0]][group[0][1]].domain]
    return Node(domain, tuple(group), fixing[0] if fixing else None)
