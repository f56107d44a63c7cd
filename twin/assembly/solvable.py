"""Asks the engine whether a plant's equations can be solved, before anybody stores or runs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import networkx as nx

from physics.simulate.model import compile_plant
from twin.assembly.assemble import assemble
from twin.assembly.line import compile_layout, layout_of
from twin.assembly.refusal import translated
from twin.errors import Fault, InvalidInput
from twin.scene.lines import Document, Path
from twin.scene.load import faults_of, parse
from twin.scene.material import line_assets, named_parts, physical
from twin.scene.scene import Scene, split_path
from twin.scene.types import Types


def load_solvable(text: str, *, types: Types | None = None, file: str = "plant.yaml") -> Scene:
    """Read a plant file that keeps every rule, the engine's included.

    Where a rule of the file is broken, the engine is asked about what is not joined to the place, so that its faults
    come at once with the file's.

    Args:
        text: YAML 1.2 or JSON.
        types: Component types by name; the installed catalogue by default.
        file: Name shown in faults.
    Raises: InvalidInput, with the faults of the file in the order of their lines, then the engine's.
    """
    scene, document = parse(text, file=file)
    found = faults_of(scene, document, types=types)
    faults = [fault for _, fault in found]
    try:
        require_solvable(untouched(scene, [path for path, _ in found]) if found else scene, document, types=types)
    except InvalidInput as refusal:
        faults += refusal.faults
    if faults:
        raise InvalidInput(list(dict.fromkeys(faults)))
    return scene


def require_solvable(scene: Scene, document: Document | None = None, *, types: Types | None = None) -> None:
    """Join the equations of a valid scene and its line; refuse loops, undetermined efforts, ways that end nowhere.

    Raises: InvalidInput, with file and line of each fault where the document is at hand.
    """
    faults: list[Fault] = []
    try:
        if line_assets(scene):
            compile_layout(layout_of(scene), scene, document)
    except InvalidInput as refusal:
        faults += refusal.faults
    try:
        if physical(scene).assets:
            assembly = assemble(scene, types=types)
            with translated(scene, document):
                compile_plant(assembly.plant, (), types=assembly.types)
    except InvalidInput as refusal:
        faults += refusal.faults
    if faults:
        raise InvalidInput(faults)


def untouched(scene: Scene, faults: Iterable[Path]) -> Scene:
    """The assets that are not joined, over however many others, to what a fault of the document is about."""
    broken = {end for path in faults for end in _assets_at(scene, path)}
    joined: nx.Graph = nx.Graph()
    joined.add_nodes_from(broken)
    joined.add_nodes_from(asset.id for asset in scene.assets)
    joined.add_edges_from(tuple(split_path(end)[0] for end in pair) for pair in scene.connections)
    joined.add_edges_from((asset.id, other) for asset in line_assets(scene) for other in named_parts(asset))
    touched = {asset for group in nx.connected_components(joined) if group & broken for asset in group}
    return Scene(
        scene.plant,
        assets=tuple(asset for asset in scene.assets if asset.id not in touched),
        connections=tuple(pair for pair in scene.connections if split_path(pair[0])[0] not in touched),
        products=scene.products,
    )


def _assets_at(scene: Scene, path: Path) -> Iterator[str]:
    match path:
        case ("assets", int(at), *_):
            yield scene.assets[at].id
        case ("connections", int(at), *_) if at < len(scene.connections):
            yield from (split_path(end)[0] for end in scene.connections[at])
