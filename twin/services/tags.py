"""What a plant's tags are stored in."""

from __future__ import annotations

from twin.scene.scene import Scene, split_path
from twin.scene.types import Types, offers
from twin.services import plants
from twin.services.context import Context
from twin.units import si_unit


def si_units(context: Context, scene: Scene) -> dict[str, str]:
    """SI unit of every tag of a scene: that of the quantity it measures or drives, else of its own unit."""
    types = plants.types(context)
    named = [(item.tag, item.measures, item.unit) for item in scene.sensors]
    named += [(item.tag, item.drives, item.unit) for item in scene.inputs]
    return {tag: _quantity_unit(scene, types, path) or si_unit(unit) for tag, path, unit in named}


def own_units(scene: Scene) -> dict[str, str]:
    """Unit that each tag of a scene is written in."""
    units = {sensor.tag: sensor.unit for sensor in scene.sensors}
    return {**units, **{item.tag: item.unit for item in scene.inputs}}


def _quantity_unit(scene: Scene, types: Types, path: str) -> str | None:
    asset_id, name = split_path(path)
    asset = next((asset for asset in scene.assets if asset.id == asset_id), None)
    kind = types.get(asset.type) if asset else None
    offer = offers(kind).get(name) if kind else None
    return offer.unit if offer else None
