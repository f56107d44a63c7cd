"""A layout becomes tables: places get numbers, ways become nodes, and everything that is wrong is told at once."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace

from physics.flow.catalogue import flow_types
from physics.flow.contract import FlowType, Kind
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
    broken = bool(draft.faults)
    for part in known:
        ports = tuple(port.partition(".")[2] for port in links.by_part(part.name))
        read: list[PlantFault] = []
        values = read_settings(part, types[part.type], layout, ports, read)
        before = len(draft.faults)
        _build(types[part.type], values, draft)
        broken = broken or len(draft.faults) > before
        draft.faults += read
    if broken:
        _refuse(draft.faults)
    draft.give_pickups()
    wiring = wire(draft, {**links.by_outlet, **draft.inner})
    check_ways(draft, wiring)
    route, steps = route_tables(draft, wiring, layout)
    _refuse(draft.faults)
    return pack(draft, wiring, layout, route, steps)


def _build(kind: type[FlowType], values: SimpleNamespace, draft: Draft) -> None:
    """Lists whose form the type itself reads may be of any form: what it cannot read is a fault like any other."""
    try:
        kind().build(values, draft)
    except (TypeError, ValueError, KeyError, IndexError, AttributeError) as error:
        listed = [s.name for s in kind.declaration.settings if s.kind is Kind.LISTING]
        form = "; ".join(s.doc for s in kind.declaration.settings if s.kind is Kind.LISTING)
        got = f"a form that cannot be read ({error})"
        draft.fault(f"{values.name}.{listed[0]}" if len(listed) == 1 else values.name, got, form or "valid settings")


def _refuse(faults: list[PlantFault]) -> None:
    if faults:
        raise PlantRefused(dict.fromkeys(faults))
