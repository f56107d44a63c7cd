"""Turns a scene, and what calibration and learning found, into a plant for the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from physics.contract import Component, Kind
from physics.network.joints import Joints, join
from physics.network.plant import Network, Part, Plant
from twin.assembly.assembly import Assembly, Free, KpiPath
from twin.assembly.stated import stated
from twin.errors import NotReady
from twin.scene.material import physical
from twin.scene.rules_tags import kpi_unit
from twin.scene.scene import Asset, Curve, Prior, Scene, split_path
from twin.scene.types import Types, installed, offers, starts
from twin.units import Conversion, conversion, si_unit

START = "@start"
HIDDEN = 6
"""Hidden units of a correction's network, where the plant file names no layers."""

CODES = 2
"""Numbers of its own that an asset has in a network of several layers whose weights it shares."""


def assemble(
    scene: Scene,
    *,
    values: Mapping[str, float] | None = None,
    learn: bool = True,
    types: Types | None = None,
) -> Assembly:
    """Build the engine's plant from a valid scene.

    Args:
        scene: Validated; priors stand at their mean unless `values` says otherwise.
        values: Numbers in SI by name, "<asset>.<parameter>" or "<state>@start" as `Assembly.free` names them; names
            of other things are ignored, so that a calibration of another revision can be handed on.
        learn: Whether the corrections that assets learn become networks (zero until weights are set).
        types: Component types by name; the installed catalogue by default.
    Raises: NotReady, when the scene has no assets yet, as a draft that stores and shows its tags, or a line alone.
    """
    whole, scene = scene, physical(scene)
    if whole.assets and not scene.assets:
        raise NotReady(f"plant {scene.plant!r}: it is a line alone, without physics. Ask it what-ifs.")
    if not scene.assets:
        raise NotReady(f"plant {scene.plant!r}: it has no assets yet. Add them to its plant file and import it again.")
    types = installed() if types is None else types
    scene, kinds = _with_terms(scene, types)
    types = {**types, **{kind.name: kind for kind in kinds.values()}}
    bare = Plant(tuple(Part(asset.id, asset.type) for asset in scene.assets), scene.connections)
    joints = join(bare, types)
    given = dict(values or {})
    parts = tuple(_part(asset, joints, kinds[asset.id], given) for asset in scene.assets)
    sensors = scene.modelled_sensors
    units = _units(scene, kinds)
    return Assembly(
        plant=Plant(parts, scene.connections, _networks(scene) if learn else ()),
        sensor_tags=tuple(sensor.tag for sensor in sensors),
        outputs=tuple(sensor.measures for sensor in sensors),
        input_tags=tuple(item.tag for item in scene.inputs),
        drives=tuple(item.drives for item in scene.inputs),
        units=units,
        noise_sd={sensor.tag: units[sensor.tag].spread_to_si(sensor.noise_sd) for sensor in sensors},
        free=tuple(free for asset in scene.assets for free in _free(asset, joints, kinds[asset.id])),
        kpis=tuple(_kpi(scene, at, kinds) for at in range(len(scene.kpis))),
        critical=frozenset(asset.id for asset in scene.assets if asset.critical or kinds[asset.id].critical),
        types=types,
        couplings=whole.couplings,
    )


def _with_terms(scene: Scene, types: Types) -> tuple[Scene, dict[str, type[Component]]]:
    """The scene with its stated terms as parameters, and the type of each asset that then has them."""
    pairs = [stated(asset, types[asset.type]) for asset in scene.assets]
    return replace(scene, assets=tuple(asset for asset, _kind in pairs)), {asset.id: kind for asset, kind in pairs}


def learning_key(asset: Asset, correction: str) -> str:
    """Prefix of the weights of one correction: common to all assets of a `share`, else the asset's own."""
    return f"{asset.share or asset.id}/{correction}"


def _networks(scene: Scene) -> tuple[Network, ...]:
    return tuple(
        Network(
            asset.id, correction, learning_key(asset, correction), HIDDEN, asset.layers, _codes(asset), asset.memory
        )
        for asset in scene.assets
        for correction in asset.learn
    )


def _codes(asset: Asset) -> int:
    return CODES if asset.layers and asset.share else 0


def _part(asset: Asset, joints: Joints, kind: type[Component], given: Mapping[str, float]) -> Part:
    parameters = _numbers(asset.parameters, kind)
    start = {name: _number(value) for name, value in asset.start.items()}
    for quantity in kind.declaration.quantities:
        if quantity.kind is Kind.PARAMETER and f"{asset.id}.{quantity.name}" in given:
            parameters[quantity.name] = given[f"{asset.id}.{quantity.name}"]
    for name in starts(kind):
        key = start_name(asset.id, name, joints)
        if key in given:
            start[name] = given[key]
    return Part(asset.id, asset.type, parameters, start)


def start_name(asset: str, name: str, joints: Joints) -> str:
    """The engine's name of a start value: joined ports have one effort, named after the first of them."""
    port, _, effort = name.rpartition(".")
    node = joints.node_of.get((asset, port))
    if node is None:
        return f"{asset}.{name}{START}"
    part, first = node.members[0]
    return f"{part}.{first}.{effort}{START}"


def _free(asset: Asset, joints: Joints, kind: type[Component]) -> list[Free]:
    found = []
    for name, value in asset.parameters.items():
        if isinstance(value, Prior):
            declared = kind.declaration.by_name[name]
            found.append(Free(f"{asset.id}.{name}", value.prior, value.sd, declared.low, declared.high, declared.unit))
    known = starts(kind)
    for name, value in asset.start.items():
        if isinstance(value, Prior):
            declared = known[name]
            engine_name = start_name(asset.id, name, joints)
            bounds = (declared.low, declared.high)
            found.append(Free(engine_name, value.prior, value.sd, *bounds, declared.unit, value.shared))
    return found


def _units(scene: Scene, kinds: Mapping[str, type[Component]]) -> dict[str, Conversion]:
    units = {}
    for sensor in scene.sensors:
        inside = _unit_of(sensor.measures, kinds) if sensor.measures else si_unit(sensor.unit)
        units[sensor.tag] = conversion(sensor.unit, inside)
    for item in scene.inputs:
        units[item.tag] = conversion(item.unit, _unit_of(item.drives, kinds))
    return units


def _kpi(scene: Scene, at: int, kinds: Mapping[str, type[Component]]) -> KpiPath:
    kpi = scene.kpis[at]
    inside = kpi_unit(_unit_of(kpi.quantity, kinds), kpi.reduction)
    return KpiPath(kpi.name, kpi.quantity, kpi.reduction, conversion(kpi.unit, inside), kpi.better)


def _unit_of(path: str, kinds: Mapping[str, type[Component]]) -> str:
    asset, rest = split_path(path)
    return offers(kinds[asset])[rest].unit


def _numbers(values: Mapping[str, float | Prior | Curve], kind: type[Component]) -> dict[str, float]:
    """Parameters as the engine has them: a curve is the coordinates of its points."""
    tables = {table.name: table for table in kind.declaration.tables}
    found: dict[str, float] = {}
    for name, value in values.items():
        found |= tables[name].numbers(value) if isinstance(value, tuple) else {name: _number(value)}
    return found


def _number(value: float | Prior) -> float:
    return value.prior if isinstance(value, Prior) else value
