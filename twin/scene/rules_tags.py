"""Rules for sensors, inputs and KPIs: unique tags, quantities that exist, units that convert."""

from __future__ import annotations

from physics.contract import Component, Kind
from twin.scene.fields import suggest
from twin.scene.findings import Findings
from twin.scene.lines import Path
from twin.scene.material import in_line
from twin.scene.scene import Asset, Reduction, Scene, split_path
from twin.scene.types import Offer, Types, offers
from twin.units import UnitError, conversion, si_unit

NOT_MEASURED = (Kind.PARAMETER, Kind.CORRECTION)
INTEGRALS = {"1": "s", "W": "J", "A": "C"}
"""Units with a name of their own for what they are over time."""


def check_tags(scene: Scene, types: Types, findings: Findings) -> None:
    """Look at every sensor and input."""
    assets = {asset.id: asset for asset in scene.assets}
    _check_unique(scene, findings)
    for at, sensor in enumerate(scene.sensors):
        path: Path = ("sensors", at)
        if not sensor.measures:
            _check_own_unit(sensor.unit, (*path, "unit"), sensor.tag, findings)
            continue
        offer = _offer(sensor.measures, (*path, "measures"), sensor.tag, assets, types, findings)
        if offer is not None:
            _check_unit(sensor.unit, offer.unit, (*path, "unit"), sensor.tag, findings)
    driven: dict[str, int] = {}
    for at, item in enumerate(scene.inputs):
        path = ("inputs", at)
        offer = _offer(item.drives, (*path, "drives"), item.tag, assets, types, findings, inputs=True)
        if offer is not None:
            _check_unit(item.unit, offer.unit, (*path, "unit"), item.tag, findings)
        if item.drives and item.drives in driven:
            step = findings.first(("inputs", driven[item.drives]))
            findings.add((*path, "drives"), item.tag, f"{item.drives} driven by two tags", "one tag per input", step)
        driven.setdefault(item.drives, at)


def check_kpis(scene: Scene, types: Types, findings: Findings) -> None:
    """Look at every KPI."""
    assets = {asset.id: asset for asset in scene.assets}
    names: set[str] = set()
    for at, kpi in enumerate(scene.kpis):
        path: Path = ("kpis", at)
        if kpi.name and kpi.name in names:
            findings.add((*path, "name"), kpi.name, "the same KPI twice", "each name once")
        names.add(kpi.name)
        offer = _offer(kpi.quantity, (*path, "quantity"), kpi.name, assets, types, findings)
        if offer is not None:
            needed = kpi_unit(offer.unit, kpi.reduction)
            _check_unit(kpi.unit, needed, (*path, "unit"), kpi.name, findings)


def kpi_unit(unit: str, reduction: Reduction) -> str:
    """SI unit of a KPI over a quantity of that unit: an integral multiplies by seconds."""
    if reduction is not Reduction.INTEGRAL:
        return unit
    if unit in INTEGRALS:
        return INTEGRALS[unit]
    return unit.removesuffix("/s") if unit.endswith("/s") else f"{unit}*s"


def _check_unique(scene: Scene, findings: Findings) -> None:
    first: dict[str, Path] = {}
    places = [("sensors", at, item.tag) for at, item in enumerate(scene.sensors)]
    places += [("inputs", at, item.tag) for at, item in enumerate(scene.inputs)]
    for group, at, tag in places:
        if tag and tag in first:
            got = "the same tag twice" if first[tag][0] == group else "a tag that is sensor and input"
            findings.add((group, at, "tag"), tag, got, "each tag once", findings.first(first[tag]))
        first.setdefault(tag, (group, at))


def _offer(
    path: str,
    place: Path,
    subject: str,
    assets: dict[str, Asset],
    types: Types,
    findings: Findings,
    *,
    inputs: bool = False,
) -> Offer | None:
    """What the path names, or None after a fault (or where the asset's type is unknown, which is a fault by itself)."""
    if not path:
        return None
    asset_id, rest = split_path(path)
    if asset_id not in assets:
        need = "<asset>.<quantity> of an asset"
        findings.add(place, subject, f"the unknown asset {asset_id!r}", need, suggest(asset_id, assets))
        return None
    if in_line(assets[asset_id]):
        got, need = f"{path!r} of a {assets[asset_id].type}", "a quantity of the physics"
        findings.add(place, subject, got, need, "What-ifs count items; no tag measures them yet.")
        return None
    kind = types.get(assets[asset_id].type)
    if kind is None:
        return None
    usable = {
        name: offer
        for name, offer in offers(kind).items()
        if (offer.kind is Kind.INPUT if inputs else offer.kind not in NOT_MEASURED)
    }
    if rest in usable:
        return usable[rest]
    findings.add(place, subject, repr(path), *_need(rest, kind, list(usable), inputs=inputs))
    return None


def _need(rest: str, kind: type[Component], usable: list[str], *, inputs: bool) -> tuple[str, str]:
    word = "an input" if inputs else "a state, observable or port quantity"
    step = suggest(rest, usable) or f"It has {', '.join(sorted(usable)[:12]) or 'none'}."
    return f"{word} of {kind.name}", step


def _check_unit(unit: str, needed: str, place: Path, subject: str, findings: Findings) -> None:
    try:
        conversion(unit, needed)
    except UnitError as error:
        findings.add(place, f"{subject}.unit", repr(unit), f"a unit that converts to {needed}", _hint(error))


def _check_own_unit(unit: str, place: Path, subject: str, findings: Findings) -> None:
    try:
        si_unit(unit)
    except UnitError as error:
        findings.add(place, f"{subject}.unit", repr(unit), "a unit that pint knows", _hint(error))


def _hint(error: UnitError) -> str:
    return f"It {error.reason}." if "know" in error.reason else ""
