"""The scene as a graph for questions: upstream, downstream, what is affected, the shortest way, islands.

An edge points the way that matter, energy or a signal goes: from a port that is an outlet or a signal output, to one
that is an inlet or a signal input; where neither end says so by its name, in the order in which the file joins them.
"""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx

from twin.errors import NotFound
from twin.scene.line import Coupling, CouplingKind
from twin.scene.material import MATERIAL
from twin.scene.scene import Scene, split_path
from twin.scene.types import Types, installed, port_of

INWARD = ("inlet", "in")
OUTWARD = ("outlet", "out")


def graph(scene: Scene, *, types: Types | None = None) -> nx.MultiDiGraph:
    """Assets as nodes, connections and couplings as directed edges with `ports` (from, to) and `domain`."""
    types = installed() if types is None else types
    kinds = {asset.id: asset.type for asset in scene.assets}
    found = nx.MultiDiGraph()
    found.add_nodes_from(kinds)
    for left, right in scene.connections:
        ends = [split_path(left), split_path(right)]
        first, second = (port_of(types, kinds[asset], name) for asset, name in ends)
        assert first is not None
        assert second is not None
        one_way = first.domain in ("signal", MATERIAL)
        backward = second.fixes if one_way else _side(second.name) < _side(first.name)
        start, end = reversed(ends) if backward else ends
        found.add_edge(start[0], end[0], ports=(".".join(start), ".".join(end)), domain=first.domain)
    for coupling in scene.couplings:
        acts, feels = _felt(coupling)
        found.add_edge(split_path(acts)[0], split_path(feels)[0], ports=(acts, feels), domain="coupling")
    return found


def _felt(coupling: Coupling) -> tuple[str, str]:
    """Who acts on whom."""
    of_the_line = coupling.kind in (CouplingKind.LOAD, CouplingKind.DRIVE, CouplingKind.WORK)
    return (coupling.part, coupling.quantity) if of_the_line else (coupling.quantity, coupling.part)


def upstream(scene: Scene, asset: str, *, types: Types | None = None) -> tuple[str, ...]:
    """Assets from which something flows to this one, nearest first."""
    return _nearest_first(graph(scene, types=types).reverse(copy=False), asset)


def downstream(scene: Scene, asset: str, *, types: Types | None = None) -> tuple[str, ...]:
    """Assets to which something flows from this one, nearest first."""
    return _nearest_first(graph(scene, types=types), asset)


def affected(scene: Scene, asset: str, *, types: Types | None = None) -> tuple[str, ...]:
    """Assets that feel a change of this one, nearest first: pressure, torque and voltage act both ways, signals one.

    Items act both ways too: a place that is full holds up those before it.
    """
    flow = graph(scene, types=types)
    flow.add_edges_from(
        [(end, start) for start, end, domain in flow.edges(data="domain") if domain not in ("signal", "coupling")]
    )
    return _nearest_first(flow, asset)


def shortest_path(scene: Scene, first: str, second: str, *, types: Types | None = None) -> tuple[str, ...]:
    """Assets on a shortest way between two, whichever way things flow; both ends included.

    Raises: NotFound, when an asset is unknown or nothing joins the two.
    """
    joined = graph(scene, types=types).to_undirected()
    for asset in (first, second):
        _require(joined, asset)
    try:
        return tuple(nx.shortest_path(joined, first, second))
    except nx.NetworkXNoPath as error:
        raise NotFound("path", f"{first} – {second}") from error


def islands(scene: Scene, *, types: Types | None = None) -> tuple[tuple[str, ...], ...]:
    """Groups of assets that are joined to each other and to no other, in the order of the file."""
    order = {asset.id: at for at, asset in enumerate(scene.assets)}
    groups = nx.weakly_connected_components(graph(scene, types=types))
    return tuple(sorted((tuple(sorted(group, key=order.__getitem__)) for group in groups), key=lambda g: order[g[0]]))


def tags_of(scene: Scene, assets: Iterable[str]) -> tuple[str, ...]:
    """Tags that measure or drive any of these assets."""
    wanted = set(assets)
    measured = [sensor.tag for sensor in scene.sensors if split_path(sensor.measures)[0] in wanted]
    return (*measured, *(item.tag for item in scene.inputs if split_path(item.drives)[0] in wanted))


def _side(name: str) -> int:
    """1 for a port where things enter, -1 where they leave, 0 where the name does not say."""
    words = name.split("_")
    if any(word in words for word in INWARD):
        return 1
    return -1 if any(word in words for word in OUTWARD) else 0


def _nearest_first(flow: nx.MultiDiGraph, asset: str) -> tuple[str, ...]:
    _require(flow, asset)
    distance = nx.single_source_shortest_path_length(flow, asset)
    return tuple(sorted((name for name in distance if name != asset), key=lambda name: (distance[name], name)))


def _require(flow: nx.Graph, asset: str) -> None:
    if asset not in flow:
        raise NotFound("asset", asset, sorted(flow))
