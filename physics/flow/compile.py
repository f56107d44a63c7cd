"""A layout becomes tables: places get numbers, ways become nodes, and everything that is wrong is told at once."""

from __future__ import annotations

from collections.abc import Mapping

from physics.flow.catalogue import flow_types
from physics.flow.contract import FlowType
from physics.flow.draft import Draft
from physics.flow.layout import Layout
from physics.flow.pack import CompiledLine, pack
from physics.flow.ports import linked
from physics.flow.routes import route_tables
from physics.flow.settings import read_settings
from physics.flow.wiring import check_ways, wire
from physics.network.faults import PlantFault, PlantRefused


def compile_line(layout: Layout, types: Mapping[str, type[FlowType]] | None = None) -> CompiledLine:
    """Compile a layout.

    Args:
        layout: Parts, links, products.
        types: Flow types by name; the shipped ones by default.
    Raises: PlantRefused, with every fault found.
    """
    types = flow_types() if types is None else types
    draft = Draft(layout.product_names)
    known = []
    for part in layout.parts:
        if part.type in types:
            known.append(part)
        else:
            draft.fault(part.name, f"type {part.type!r}", f"one of {', '.join(types)}")
    links = linked(layout, types, draft.faults)
    _refuse(draft.faults)
    for part in known:
        ports = tuple(port.partition(".")[2] for port in links.by_part(part.name))
        values = read_settings(part, types[part.type], layout, ports, draft.faults)
        types[part.type]().build(values, draft)
    _refuse(draft.faults)
    draft.give_pickups()
    wiring = wire(draft, {**links.by_outlet, **draft.inner})
    check_ways(draft, wiring)
    _refuse(draft.faults)
    route, steps = route_tables(draft, wiring, layout)
    _refuse(draft.faults)
    return pack(draft, wiring, layout, route, steps)


def _refuse(faults: list[PlantFault]) -> None:
    if faults:
        raise PlantRefused(dict.fromkeys(faults))
