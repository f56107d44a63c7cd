"""What an island is apart from its names and numbers: islands of one shape share equations, code and kernel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from physics.contract import Component
from physics.network.joints import Joints, Node, Types
from physics.network.plant import Network, Plant, split

Member = tuple[str, str]


@dataclass(frozen=True)
class Shape:
    """Parts and how they are joined, without a number.

    Attributes: parts, id and type; nodes; signals, (input, its source); networks; outputs, quantity paths to observe.
    """

    parts: tuple[tuple[str, type[Component]], ...]
    nodes: tuple[Node, ...]
    signals: tuple[tuple[Member, Member], ...]
    networks: tuple[Network, ...]
    outputs: tuple[str, ...]

    def plain(self) -> tuple[Shape, dict[str, str]]:
        """The same with positions for names, and the name behind each position."""
        place = {id_: str(index) for index, (id_, _) in enumerate(self.parts)}
        keys = dict.fromkeys(network.key for network in self.networks)
        key_place = {key: f"key {index}" for index, key in enumerate(keys)}

        def member(one: Member) -> Member:
            return place[one[0]], one[1]

        shape = Shape(
            tuple((place[id_], kind) for id_, kind in self.parts),
            tuple(
                Node(n.domain, tuple(member(m) for m in n.members), member(n.fixing) if n.fixing else None)
                for n in self.nodes
            ),
            tuple((member(into), member(source)) for into, source in self.signals),
            tuple(replace(n, part=place[n.part], key=key_place[n.key]) for n in self.networks),
            tuple(renamed(path, place) for path in self.outputs),
        )
        return shape, {short: long for long, short in (place | key_place).items()}


def renamed(path: str, names: dict[str, str]) -> str:
    """A quantity path with another part's id or weights' key in front."""
    front, rest = split(path)
    return f"{names[front]}.{rest}"


def shapes(
    plant: Plant, types: Types, joints: Joints, groups: Iterable[tuple[str, ...]], outputs: Iterable[str]
) -> list[Shape]:
    """The shape of each group of parts; an output of a part in several groups is seen in the first."""
    places = tuple(groups)
    groups_of: dict[str, list[int]] = {}
    for index, group in enumerate(places):
        for part in group:
            groups_of.setdefault(part, []).append(index)
    members: list[dict[int, list[Member]]] = [{} for _ in places]
    for number, node in enumerate(joints.nodes):
        for member in node.members:
            for index in groups_of[member[0]]:
                members[index].setdefault(number, []).append(member)
    signals: list[list[tuple[Member, Member]]] = [[] for _ in places]
    for into, source in joints.source_of.items():
        for index in groups_of[into[0]]:
            signals[index].append((into, source))
    networks: list[list[Network]] = [[] for _ in places]
    for network in plant.corrections:
        for index in groups_of[network.part]:
            networks[index].append(network)
    seen: list[list[str]] = [[] for _ in places]
    for path in dict.fromkeys(outputs):
        seen[groups_of[split(path)[0]][0]].append(path)
    type_of = {part.id: types[part.type] for part in plant.parts}
    return [
        Shape(
            tuple((id_, type_of[id_]) for id_ in group),
            tuple(_within(joints.nodes[number], tuple(own)) for number, own in members[index].items()),
            tuple(signals[index]),
            tuple(networks[index]),
            tuple(seen[index]),
        )
        for index, group in enumerate(places)
    ]


def _within(node: Node, members: tuple[Member, ...]) -> Node:
    """The part of a node that lies in an island; only the nodes of unmoved sources lie in several."""
    return Node(node.domain, members, node.fixing)
