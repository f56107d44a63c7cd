"""Asks the engine whether a plant's equations can be solved, before anybody runs it."""

from __future__ import annotations

from collections.abc import Iterable

from physics.network.plant import Plant, split
from physics.simulate.model import compile_plant
from twin.assembly.assemble import assemble
from twin.assembly.refusal import translated
from twin.scene.graph import islands
from twin.scene.lines import Document
from twin.scene.scene import Scene
from twin.scene.types import Types

LARGEST_ISLAND = 200
"""Parts of an island whose equations are joined at once in about a second; larger ones are checked when first run."""


def require_solvable(scene: Scene, document: Document | None = None, *, types: Types | None = None) -> None:
    """Join the equations of a valid scene and refuse loops, undetermined efforts and the like.

    Islands that are built alike are checked once.
    Raises: InvalidInput, with file and line of each fault where the document is at hand.
    """
    if not scene.assets:
        return
    assembly = assemble(scene, types=types)
    alike: dict[object, Plant] = {}
    for island in islands(scene, types=assembly.types):
        if len(island) <= LARGEST_ISLAND:
            plant = _part_of(assembly.plant, island)
            alike.setdefault(_shape(plant), plant)
    chosen = _together(alike.values())
    if chosen.parts:
        with translated(scene, document):
            compile_plant(chosen, (), types=assembly.types)


def _part_of(plant: Plant, island: tuple[str, ...]) -> Plant:
    inside = set(island)
    return Plant(
        tuple(part for part in plant.parts if part.id in inside),
        tuple(link for link in plant.links if split(link[0])[0] in inside),
        tuple(network for network in plant.corrections if network.part in inside),
    )


def _shape(plant: Plant) -> object:
    """What decides whether an island can be solved: types, links and corrections, whatever the names."""
    place = {part.id: at for at, part in enumerate(plant.parts)}
    links = [tuple((place[split(end)[0]], split(end)[1]) for end in link) for link in plant.links]
    learned = [(place[network.part], network.correction) for network in plant.corrections]
    return (tuple(part.type for part in plant.parts), tuple(sorted(links)), tuple(sorted(learned)))


def _together(plants: Iterable[Plant]) -> Plant:
    found = tuple(plants)
    return Plant(
        tuple(part for plant in found for part in plant.parts),
        tuple(link for plant in found for link in plant.links),
        tuple(network for plant in found for network in plant.corrections),
    )
