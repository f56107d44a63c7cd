"""Routings: which branch of a splitter leads on to the next station of a product."""

from __future__ import annotations

import networkx as nx

from physics.flow.draft import Draft
from physics.flow.kernels import tables
from physics.flow.layout import Layout
from physics.flow.wiring import Wiring, inlets_behind


def route_tables(draft: Draft, wiring: Wiring, layout: Layout) -> tuple[int, int]:
    """First row of the routings in `choices` and their longest; splitters that route get tables of their own.

    A routing is a row of part numbers, ended by -1; a splitter's table gives the branch for each product and step.
    """
    parts = [part.name for part in layout.parts]
    routers = [r for r in draft.routers if r.rule == tables.ROUTING]
    steps = max((len(product.routing) for product in layout.products), default=0) if routers else 0
    if not routers:
        return 0, 0
    for product in layout.products:
        if not product.routing:
            draft.fault(product.name, "no routing", "the stations that it visits, in order",
                        "Give the product a routing, or choose branches by product.")  # fmt: skip
        for station in product.routing:
            if not any(place.asset == station and place.kind == tables.STATION for place in draft.places):
                draft.fault(f"{product.name}.routing", f"{station!r}", "the name of a station")
    if draft.faults:
        return 0, steps
    rows = [[parts.index(station) for station in product.routing] for product in layout.products]
    first = draft.picks(part for row in rows for part in (*row, *[-1] * (steps + 1 - len(row))))
    for router in routers:
        router.columns["table"] = draft.picks(
            _branch(draft, wiring, router.outs, product.routing[step] if step < len(product.routing) else "")
            for product in layout.products
            for step in range(steps + 1)
        )
    for product in layout.products:
        for station in product.routing:
            if not any(_branch(draft, wiring, router.outs, station) >= 0 for router in routers):
                draft.fault(f"{product.name}.routing", f"{station!r}, where no splitter leads", "a way to it")
    return first, steps


def _branch(draft: Draft, wiring: Wiring, outs: tuple[str, ...], station: str) -> int:
    """The branch with the fewest places on the way to a station, or, without one, to a sink; -1 for none."""
    goals = [
        index
        for index, place in enumerate(draft.places)
        if (place.asset == station if station else place.kind == tables.SINK)
    ]
    best, shortest = -1, float("inf")
    for branch, out in enumerate(outs):
        for inlet in inlets_behind(draft, wiring, out):
            lengths = nx.single_source_shortest_path_length(wiring.ways, draft.inlets[inlet][0])
            hops = min((lengths[goal] for goal in goals if goal in lengths), default=float("inf"))
            if hops < shortest:
                best, shortest = branch, hops
    return best
