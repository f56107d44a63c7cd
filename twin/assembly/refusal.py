"""The engine's refusal of a plant, in the words and lines of the plant file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from physics.network.faults import PlantFault, PlantRefused
from twin.errors import Fault, InvalidInput
from twin.scene.lines import Document, Path
from twin.scene.scene import Scene


@contextmanager
def translated(scene: Scene | None = None, document: Document | None = None) -> Iterator[None]:
    """Raise InvalidInput in place of PlantRefused, with file and line where the document is at hand."""
    try:
        yield
    except PlantRefused as refusal:
        raise InvalidInput([_fault(fault, scene, document) for fault in refusal.faults]) from refusal


def _fault(fault: PlantFault, scene: Scene | None, document: Document | None) -> Fault:
    where = fault.where
    if scene is not None and document is not None:
        where = document.where(_place(fault.where, scene), fault.where)
    return Fault(where, fault.got, fault.need, fault.next_step)


def _place(where: str, scene: Scene) -> Path:
    """The entry of the first connection, setting or product, else the first asset, that the engine's words name."""
    for at, (left, right) in enumerate(scene.connections):
        if left in where and right in where:
            return ("connections", at)
    for at, asset in enumerate(scene.assets):
        head, _, rest = where.partition(".")
        if head == asset.id and rest.partition(".")[0] in asset.settings:
            return ("assets", at, "settings", *rest.split("."))
    for at, product in enumerate(scene.products):
        if where.partition(".")[0] == product.name:
            return ("products", at)
    named = [(where.find(asset.id), -len(asset.id), at) for at, asset in enumerate(scene.assets) if asset.id in where]
    return ("assets", min(named)[2]) if named else ()
