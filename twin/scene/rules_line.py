"""Rules for what a scene says of its line: products, couplings and prices that fit the assets."""

from __future__ import annotations

from collections.abc import Mapping

from physics.contract import Kind
from twin.scene.fields import suggest
from twin.scene.findings import Findings
from twin.scene.line import Coupling, CouplingKind
from twin.scene.lines import Path
from twin.scene.material import in_line, line_assets
from twin.scene.scene import Asset, Scene, split_path
from twin.scene.types import Types, offers
from twin.units import UnitError, conversion

FAILURE = "physical_failure"
"""The flow type by which the physics stops a machine."""

TAKES_INPUT = (CouplingKind.LOAD, CouplingKind.DRIVE, CouplingKind.WORK)
TRIPS = (CouplingKind.WEAR, CouplingKind.TRIP)


def check_line(scene: Scene, types: Types, findings: Findings) -> None:
    """Look at products, couplings and prices; the line itself is looked at when it is compiled."""
    line = line_assets(scene)
    for group, entries in (("products", scene.products), ("couplings", scene.couplings)):
        if entries and not line:
            step = "Add machines, a source and a sink, or take them out."
            findings.add((group,), group, f"{group} without a line", "assets of material flow", step)
    _check_products(scene, findings)
    assets = {asset.id: asset for asset in scene.assets}
    driven: dict[str, int] = {}
    for at, coupling in enumerate(scene.couplings):
        _check_coupling(coupling, ("couplings", at), assets, types, findings)
        if coupling.kind in TAKES_INPUT:
            if coupling.quantity in driven:
                step = findings.first(("couplings", driven[coupling.quantity]))
                got = f"{coupling.quantity} set by two couplings"
                findings.add(("couplings", at, "quantity"), f"couplings[{at}]", got, "one coupling an input", step)
            driven.setdefault(coupling.quantity, at)
    for name, price, unit in (("energy", scene.prices.energy, "J"), ("person", scene.prices.person, "s")):
        try:
            conversion(price.per, unit)
        except UnitError:
            place = ("prices", name, "per")
            findings.add(place, f"prices.{name}.per", repr(price.per), f"a unit that converts to {unit}")


def _check_products(scene: Scene, findings: Findings) -> None:
    first: dict[str, int] = {}
    for at, product in enumerate(scene.products):
        if product.name and product.name in first:
            step = findings.first(("products", first[product.name]))
            findings.add(("products", at, "name"), product.name, "the same product twice", "each once", step)
        first.setdefault(product.name, at)


def _check_coupling(
    coupling: Coupling, path: Path, assets: Mapping[str, Asset], types: Types, findings: Findings
) -> None:
    subject = f"couplings[{path[1]}]"
    part = assets.get(coupling.part)
    line = [asset.id for asset in assets.values() if in_line(asset)]
    if part is None or not in_line(part):
        got, need = repr(coupling.part), "an asset of the line"
        findings.add((*path, "part"), f"{subject}.part", got, need, suggest(coupling.part, line))
    elif (part.type == FAILURE) != (coupling.kind in TRIPS):
        need = f"a {FAILURE}" if coupling.kind in TRIPS else "a part that items pass"
        step = f"Add a {FAILURE} that names the machine." if coupling.kind in TRIPS else "Name the machine itself."
        findings.add((*path, "part"), f"{subject}.part", f"{coupling.part!r}, a {part.type}", need, step)
    _check_quantity(coupling, path, subject, assets, types, findings)
    _check_numbers(coupling, path, subject, findings)


def _check_quantity(
    coupling: Coupling, path: Path, subject: str, assets: Mapping[str, Asset], types: Types, findings: Findings
) -> None:
    asset_id, rest = split_path(coupling.quantity)
    asset = assets.get(asset_id)
    kind = types.get(asset.type) if asset else None
    place = (*path, "quantity")
    if asset is None or in_line(asset):
        need, known = "<asset>.<quantity> of the physics", [a.id for a in assets.values() if not in_line(a)]
        findings.add(place, f"{subject}.quantity", repr(coupling.quantity), need, suggest(asset_id, known))
        return
    if kind is None:
        return
    wanted, word = _wanted(coupling.kind)
    usable = [name for name, offer in offers(kind).items() if offer.kind in wanted]
    if rest not in usable:
        step = suggest(rest, usable) or f"It has {', '.join(sorted(usable)[:12]) or 'none'}."
        findings.add(place, f"{subject}.quantity", repr(coupling.quantity), f"{word} of {asset.type}", step)


def _wanted(kind: CouplingKind) -> tuple[tuple[Kind, ...], str]:
    if kind in TAKES_INPUT:
        return (Kind.INPUT,), "an input"
    if kind is CouplingKind.WEAR:
        return (Kind.STATE,), "a state"
    return (Kind.STATE, Kind.MODE, Kind.UNKNOWN, Kind.OBSERVABLE), "a state, observable or port quantity"


def _check_numbers(coupling: Coupling, path: Path, subject: str, findings: Findings) -> None:
    numbers = coupling.numbers
    if coupling.kind is CouplingKind.SPEED and numbers.get("nominal") == 0:
        findings.add((*path, "nominal"), f"{subject}.nominal", "0", "the quantity at the declared speed, not 0")
    if coupling.kind is CouplingKind.DERATE and numbers.get("from") == numbers.get("to"):
        findings.add((*path, "to"), f"{subject}.to", f"{numbers.get('to')}", "another number than `from`")
    if coupling.kind is CouplingKind.TRIP and len(numbers) != 1:
        got = "both of above and below" if numbers else "neither above nor below"
        findings.add(path, subject, got, "the bound that trips: `above` or `below`")
