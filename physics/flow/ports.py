"""Links between ports: each way out leads to one way in, and each that must be linked is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from physics.flow.contract import FlowType, Inlet, Outlet
from physics.flow.layout import Layout
from physics.network.faults import PlantFault


@dataclass(frozen=True)
class Links:
    """Inlet by outlet, both "part.port"."""

    by_outlet: Mapping[str, str]

    def by_part(self, part: str) -> Iterator[str]:
        """Linked ports of a part, in the order of their numbers."""
        own = [port for pair in self.by_outlet.items() for port in pair if port.partition(".")[0] == part]
        return iter(sorted(own, key=_order))


def numbered(ports: tuple[str, ...], name: str) -> list[str]:
    """Linked ports of a part that belong to a port with many ends, such as "out_1", "out_2"."""
    return [port for port in ports if _stem(port) == name and port != name]


def linked(layout: Layout, types: Mapping[str, type[FlowType]], faults: list[PlantFault]) -> Links:
    """Check all links; faults are added to `faults`."""
    kinds = {part.name: types[part.type] for part in layout.parts if part.type in types}
    if len({part.name for part in layout.parts}) < len(layout.parts):
        names = [part.name for part in layout.parts]
        twice = sorted({name for name in names if names.count(name) > 1})
        faults.append(PlantFault("line", f"the name {', '.join(twice)} more than once", "a name for each part"))
    found: dict[str, str] = {}
    taken: set[str] = set()
    for out, into in layout.links:
        good = _declared(out, kinds, Outlet, faults) & _declared(into, kinds, Inlet, faults)
        for port, used in ((out, out in found), (into, into in taken)):
            if good and used:
                faults.append(PlantFault(port, "two links", "one", "Join or split ways by a merger or a splitter."))
        found[out] = into
        taken.add(into)
    for part, kind in kinds.items():
        _check_unlinked(part, kind, {*found, *taken}, faults)
    return Links(found)


def _declared(
    port: str, kinds: Mapping[str, type[FlowType]], way: type[Inlet] | type[Outlet], faults: list[PlantFault]
) -> bool:
    part, _, name = port.partition(".")
    if part not in kinds:
        faults.append(PlantFault(port, f"part {part!r}", "a part of the line"))
        return False
    declared = kinds[part].declaration.inlets if way is Inlet else kinds[part].declaration.outlets
    for end in declared:
        if name == end.name or (end.many and _stem(name) == end.name):
            return True
    names = ", ".join(f"{end.name}_1, {end.name}_2, …" if end.many else end.name for end in declared) or "none"
    faults.append(
        PlantFault(port, f"no such {way.__name__.lower()} of a {kinds[part].name}", f"one of its own: {names}")
    )
    return False


def _check_unlinked(part: str, kind: type[FlowType], used: set[str], faults: list[PlantFault]) -> None:
    ends: tuple[Inlet | Outlet, ...] = (*kind.declaration.inlets, *kind.declaration.outlets)
    for end in ends:
        if isinstance(end, Outlet) and end.optional:
            continue
        own = {port for port in used if port.partition(".")[0] == part}
        if not any(port.partition(".")[2] == end.name or (end.many and _stem(port.partition(".")[2]) == end.name)
                   for port in own):  # fmt: skip
            faults.append(PlantFault(f"{part}.{end.name}", "no link", "a link", "Link it, or take the part out."))


def _stem(port: str) -> str:
    stem, _, turn = port.rpartition("_")
    return stem if turn.isdigit() else port


def _order(port: str) -> tuple[str, int]:
    stem, _, turn = port.rpartition("_")
    return (stem, int(turn)) if turn.isdigit() else (port, 0)
