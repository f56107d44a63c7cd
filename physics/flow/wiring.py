"""Follows the links of a line: where each way out leads, who comes into each inlet, and in which order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import networkx as nx

from physics.flow.draft import Draft
from physics.flow.kernels import tables
from physics.flow.kernels.routing import LONGEST_CHAIN

MERGE_PORTS = 1000
"""`Draft.merge` numbers its ports in steps of this."""


@dataclass
class Wiring:
    """Nodes by outlet; feeders by inlet, first in line first, and whether their order is fixed; ways between places.

    A node is an inlet's number, or the number of inlets plus a router's; -1 where an outlet leads nowhere.
    """

    nodes: dict[str, int] = field(default_factory=dict)
    feeders: dict[int, list[int]] = field(default_factory=dict)
    in_order: dict[int, bool] = field(default_factory=dict)
    ways: nx.DiGraph = field(default_factory=nx.DiGraph)


def wire(draft: Draft, links: Mapping[str, str]) -> Wiring:
    """Resolve every outlet of a draft; what leads nowhere or goes round without a place is a fault of the draft."""
    found = Wiring()
    found.ways.add_nodes_from(range(len(draft.places)))
    for outs in (r.outs for r in draft.routers):
        found.nodes |= {out: _node(draft, links, out)[0] for out in outs}
    met: dict[int, list[tuple[tuple[int, ...], int]]] = {}
    for place, out in exits(draft):
        found.nodes[out] = _node(draft, links, out)[0]
        for inlet, key, ordered in _inlets(draft, links, out, ()):
            met.setdefault(inlet, []).append((key, place))
            found.in_order[inlet] = ordered and found.in_order.get(inlet, True)
            found.ways.add_edge(place, draft.inlets[inlet][0])
    for inlet, comers in met.items():
        found.feeders[inlet] = list(dict.fromkeys(place for _, place in sorted(comers)))
    for fleet in draft.fleets.values():
        for pickup, _, _, out in fleet.pickups:
            for inlet, _, _ in _inlets(draft, links, out, ()):
                found.ways.add_edge(pickup, draft.inlets[inlet][0])
    return found


def exits(draft: Draft) -> Iterator[tuple[int, str]]:
    """Each place that passes items on, and an outlet by which it does."""
    for index, place in enumerate(draft.places):
        if place.out:
            yield index, place.out
        for out, _, _ in place.emissions:
            yield index, out
    for fleet in draft.fleets.values():
        for _, _, _, out in fleet.pickups:
            for turn in range(fleet.vehicles):
                yield fleet.first + turn, out


def _node(draft: Draft, links: Mapping[str, str], out: str) -> tuple[int, tuple[int, ...], bool]:
    """Where an outlet leads: the node, the turns that its merges give it, whether the last merge fixes the order."""
    turns: tuple[int, ...] = ()
    in_order = False
    for _ in range(LONGEST_CHAIN):
        kind, index = draft.doors.get(links.get(out, ""), ("", -1))
        if kind == "inlet":
            return index, turns, in_order
        if kind == "router":
            return len(draft.inlets) + index, turns, in_order
        if kind != "merge":
            return -1, turns, in_order
        out, in_order = draft.merges[index // MERGE_PORTS]
        turns = (index % MERGE_PORTS, *turns)
    draft.fault(out, "a way that goes round without a place", "a place in every loop", "Put a buffer into the loop.")
    return -1, turns, in_order


def _inlets(
    draft: Draft, links: Mapping[str, str], out: str, met: tuple[int, ...]
) -> Iterator[tuple[int, tuple[int, ...], bool]]:
    """Every inlet that an outlet may lead to, through all routers."""
    node, turns, in_order = _node(draft, links, out)
    if node < 0:
        return
    if node < len(draft.inlets):
        yield node, turns, in_order
        return
    router = draft.routers[node - len(draft.inlets)]
    if node in met:
        draft.fault(router.asset, "splitters that go round without a place", "a place in every loop")
        return
    for branch in router.outs:
        yield from _inlets(draft, links, branch, (*met, node))


def inlets_behind(draft: Draft, wiring: Wiring, out: str) -> Iterator[int]:
    """Every inlet that a resolved outlet may lead to."""
    node = wiring.nodes[out]
    if 0 <= node < len(draft.inlets):
        yield node
    elif node >= 0:
        for branch in draft.routers[node - len(draft.inlets)].outs:
            yield from inlets_behind(draft, wiring, branch)


def check_ways(draft: Draft, wiring: Wiring) -> None:
    """Find places that no item can leave by a sink, and splitters that the kernel cannot follow."""
    sinks = [index for index, place in enumerate(draft.places) if place.kind == tables.SINK]
    if not sinks:
        draft.fault("line", "no sink", "at least one sink")
    if not any(place.kind == tables.SOURCE for place in draft.places):
        draft.fault("line", "no source", "at least one source")
    reach = set(sinks).union(*(nx.ancestors(wiring.ways, sink) for sink in sinks))
    lost = {
        place.asset for index, place in enumerate(draft.places) if index not in reach and place.kind != tables.VEHICLE
    }
    for asset in sorted(lost) if sinks else ():
        draft.fault(asset, "a route that never reaches a sink", "a way to a sink", "Link its way out.")
    for router in draft.routers:
        behind = [wiring.nodes[out] for out in router.outs]
        if router.rule >= tables.FIRST_FREE and any(node >= len(draft.inlets) for node in behind):
            draft.fault(router.asset, "a splitter right behind one that waits for room", "a place between them",
                        "Put a buffer between the two splitters.")  # fmt: skip
    for place in draft.places:
        if place.columns.get("reserves") and place.out:
            _check_reserving(draft, wiring, place.asset, wiring.nodes[place.out])


def _check_reserving(draft: Draft, wiring: Wiring, asset: str, node: int) -> None:
    if node >= len(draft.inlets):
        router = draft.routers[node - len(draft.inlets)]
        if router.rule < tables.FIRST_FREE and router.rule != tables.PRODUCT:
            draft.fault(asset, "blocking before service into a splitter that chooses by chance or in turn",
                        "a buffer between them, or blocking after service")  # fmt: skip
        inlets = [wiring.nodes[out] for out in router.outs if 0 <= wiring.nodes[out] < len(draft.inlets)]
    else:
        inlets = [node] if node >= 0 else []
    if any(draft.places[draft.inlets[inlet][0]].kind == tables.STATION for inlet in inlets):
        draft.fault(asset, "blocking before service straight into a station", "a buffer, conveyor or sink behind it")
