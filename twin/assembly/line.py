"""Turns what a scene says of its line into a layout for the engine of material flow, and couplings into its links."""

from __future__ import annotations

from collections.abc import Sequence

from physics.flow.compile import compile_line
from physics.flow.layout import Layout, Part
from physics.flow.layout import Product as FlowProduct
from physics.flow.links import Derate, Drive, Link, Load, Speed, Trip, Wear, Work
from physics.flow.pack import CompiledLine
from twin.assembly.refusal import translated
from twin.scene.line import Coupling, CouplingKind
from twin.scene.lines import Document
from twin.scene.material import line_assets, material_links
from twin.scene.scene import Scene

ITEM = FlowProduct("item")
"""What a line makes that names no products."""


def layout_of(scene: Scene) -> Layout:
    """The line's parts, links and products."""
    parts = tuple(Part(asset.id, asset.type, asset.settings) for asset in line_assets(scene))
    products = tuple(FlowProduct(product.name, product.routing) for product in scene.products)
    return Layout(parts, material_links(scene), products or (ITEM,))


def compile_layout(layout: Layout, scene: Scene, document: Document | None = None) -> CompiledLine:
    """The engine's tables of a line.

    Raises: InvalidInput, with every fault, and file and line of each where the document is at hand.
    """
    with translated(scene, document):
        return compile_line(layout)


def links_of(couplings: Sequence[Coupling]) -> tuple[Link, ...]:
    """Couplings as the engine has them."""
    return tuple(_link(coupling) for coupling in couplings)


def _link(coupling: Coupling) -> Link:
    part, quantity, n = coupling.part, coupling.quantity, coupling.numbers
    match coupling.kind:
        case CouplingKind.SPEED:
            return Speed(part, quantity, n["nominal"])
        case CouplingKind.DERATE:
            return Derate(part, quantity, n["from"], n["to"], n.get("least", 0.0))
        case CouplingKind.LOAD:
            return Load(quantity, part, n["per_item"], n.get("empty", 0.0))
        case CouplingKind.DRIVE:
            return Drive(quantity, part, n["running"], n.get("standing", 0.0))
        case CouplingKind.WORK:
            return Work(quantity, part, n["working"], n.get("idle", 0.0))
        case CouplingKind.WEAR:
            return Wear(part, quantity, n["limit"], n.get("new", 0.0))
        case CouplingKind.TRIP:
            above = "above" in n
            return Trip(part, quantity, n["above"] if above else n["below"], above=above)
