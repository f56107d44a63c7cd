"""Which assets of a scene belong to its line, and by which ports items come and go."""

from __future__ import annotations

from dataclasses import dataclass, replace

from physics.flow.catalogue import flow_types
from physics.flow.contract import FlowType, Inlet, Kind, Outlet
from twin.scene.scene import Asset, Scene, split_path

MATERIAL = "material"
"""The domain of ports that items pass."""


@dataclass(frozen=True)
class MaterialPort:
    """A port that items pass; `fixes`, as for a signal, says that they leave by it."""

    name: str
    fixes: bool
    domain: str = MATERIAL


def flow_type(name: str) -> type[FlowType] | None:
    """The flow type of that name, None where it is none."""
    return flow_types().get(name)


def in_line(asset: Asset) -> bool:
    """Whether an asset belongs to the line."""
    return asset.type in flow_types()


def line_assets(scene: Scene) -> tuple[Asset, ...]:
    """The assets of the line."""
    return tuple(asset for asset in scene.assets if in_line(asset))


def physical(scene: Scene) -> Scene:
    """The scene without its line: what the equations are about."""
    line = {asset.id for asset in line_assets(scene)}
    if not line:
        return scene
    return replace(
        scene,
        assets=tuple(asset for asset in scene.assets if asset.id not in line),
        connections=tuple(pair for pair in scene.connections if not line & {split_path(end)[0] for end in pair}),
        couplings=(),
    )


def material_port(kind: type[FlowType], name: str) -> MaterialPort | None:
    """The port of that name, `out_3` of a port with many ends included; None if there is none."""
    stem, _, turn = name.rpartition("_")
    ends: tuple[Inlet | Outlet, ...] = (*kind.declaration.inlets, *kind.declaration.outlets)
    for end in ends:
        if name == end.name or (end.many and stem == end.name and turn.isdigit()):
            return MaterialPort(name, isinstance(end, Outlet))
    return None


def port_names(kind: type[FlowType]) -> list[str]:
    """Ports as a person writes them."""
    ends: tuple[Inlet | Outlet, ...] = (*kind.declaration.inlets, *kind.declaration.outlets)
    return [f"{end.name}_1" if end.many else end.name for end in ends]


def named_parts(asset: Asset) -> tuple[str, ...]:
    """Other assets of the line that this one's settings name: its crew, its calendar, the machine that breaks down."""
    kind = flow_type(asset.type)
    settings = kind.declaration.settings if kind else ()
    return tuple(
        str(asset.settings[setting.name])
        for setting in settings
        if setting.kind is Kind.PART and asset.settings.get(setting.name)
    )


def material_links(scene: Scene) -> tuple[tuple[str, str], ...]:
    """Connections of the line, each from the way out to the way in, whichever way round they are written."""
    types = {asset.id: flow_type(asset.type) for asset in line_assets(scene)}
    found = []
    for pair in scene.connections:
        ends = [(end, types.get(split_path(end)[0])) for end in pair]
        if all(kind is not None for _, kind in ends):
            port = material_port(ends[1][1], split_path(pair[1])[1])  # type: ignore[arg-type]  # not None, as above
            backward = port is not None and port.fixes
            found.append((pair[1], pair[0]) if backward else pair)
    return tuple(found)
