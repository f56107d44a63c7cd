"""Use case: a plant as a reader sees it, with how to show each tag's SI numbers in the tag's own unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from twin.records.plant import PlantRevision
from twin.scene.line import Coupling, Product
from twin.scene.material import line_assets, material_links
from twin.scene.scene import Asset, Input, Interpolation, Kpi, Scene, Sensor, Site
from twin.services import plants
from twin.services.context import Context
from twin.services.tags import si_units
from twin.units import conversion


@dataclass(frozen=True)
class Display:
    """How a person wants to see an SI number: `shown = value * factor + offset`."""

    unit: str
    factor: float
    offset: float


@dataclass(frozen=True)
class SensorLine:
    """A sensor with its units."""

    tag: str
    measures: str
    unit: str
    si_unit: str
    noise_sd: float
    interpolation: Interpolation
    source: str
    name: str
    display: Display


@dataclass(frozen=True)
class InputLine:
    """An input with its units."""

    tag: str
    drives: str
    unit: str
    si_unit: str
    interpolation: Interpolation
    source: str
    name: str
    display: Display


@dataclass(frozen=True)
class PlantLine:
    """One plant in a list."""

    plant: str
    revision: int
    etag: str
    site: Site
    synthetic: bool
    created_us: int


@dataclass(frozen=True)
class PlantPage:
    """One revision of a plant, whole; `line` and `links` are the assets and the directed connections of its line."""

    plant: str
    revision: int
    etag: str
    author: str
    reason: str
    created_us: int
    site: Site
    synthetic: bool
    description: str
    sampling_s: float | None
    assets: tuple[Asset, ...]
    connections: tuple[tuple[str, str], ...]
    sensors: tuple[SensorLine, ...]
    inputs: tuple[InputLine, ...]
    kpis: tuple[Kpi, ...]
    line: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    products: tuple[Product, ...]
    couplings: tuple[Coupling, ...]


def overview(context: Context) -> list[PlantLine]:
    """Every plant by name; `created_us` is the plant's own, not its revision's."""
    lines = []
    for summary in plants.list_plants(context):
        scene, revision = plants.get(context, summary.revision.plant)
        facts = (revision.plant, revision.revision, revision.etag)
        lines.append(PlantLine(*facts, scene.site, scene.synthetic, summary.created_us))
    return lines


def page(context: Context, plant: str, revision: int | None = None) -> PlantPage:
    """One revision of a plant, the newest by default.

    Raises: NotFound.
    """
    scene, found = plants.get(context, plant, revision)
    return _page(context, scene, found)


def displays(context: Context, plant: str) -> dict[str, Display]:
    """How each tag of the newest revision is shown.

    Raises: NotFound.
    """
    scene, _revision = plants.get(context, plant)
    units = si_units(context, scene)
    items: list[Sensor | Input] = [*scene.sensors, *scene.inputs]
    return {item.tag: display(item.unit, units[item.tag]) for item in items}


def display(unit: str, si_unit: str) -> Display:
    """How an SI number is shown in a unit."""
    shown = conversion(unit, si_unit)
    return Display(unit, 1.0 / shown.factor, -shown.offset / shown.factor)


def _page(context: Context, scene: Scene, revision: PlantRevision) -> PlantPage:
    units = si_units(context, scene)
    return PlantPage(
        **vars(revision),
        site=scene.site,
        synthetic=scene.synthetic,
        description=scene.description,
        sampling_s=scene.sampling_s,
        assets=scene.assets,
        connections=scene.connections,
        sensors=tuple(SensorLine(**_line(item, units)) for item in scene.sensors),
        inputs=tuple(InputLine(**_line(item, units)) for item in scene.inputs),
        kpis=scene.kpis,
        line=tuple(asset.id for asset in line_assets(scene)),
        links=material_links(scene),
        products=scene.products,
        couplings=scene.couplings,
    )


def _line(item: Sensor | Input, units: dict[str, str]) -> dict[str, Any]:
    si_unit = units[item.tag]
    return {**vars(item), "si_unit": si_unit, "display": display(item.unit, si_unit)}
