"""Rules for connections: existing ports, one domain, no doubles, one source per joined node, no open signal input."""

from __future__ import annotations

import networkx as nx

from physics.contract import Port
from twin.scene.fields import suggest
from twin.scene.findings import Findings
from twin.scene.lines import Path
from twin.scene.material import MATERIAL, MaterialPort, flow_type, port_names
from twin.scene.scene import Asset, Scene, split_path
from twin.scene.types import Types, port_of

AnyPort = Port | MaterialPort


def check_connections(scene: Scene, types: Types, findings: Findings) -> None:
    """Look at every connection, then at the nodes that they form together."""
    assets = {asset.id: asset for asset in scene.assets}
    seen: dict[frozenset[str], int] = {}
    joined = nx.Graph()
    for at, (left, right) in enumerate(scene.connections):
        if not left or not right:
            continue
        path: Path = ("connections", at)
        pair = frozenset((left, right))
        if len(pair) == 1:
            findings.add(path, left, "a port joined to itself", "two ports", "Name the other end.")
            continue
        if pair in seen:
            step = findings.first(("connections", seen[pair]))
            findings.add(path, f"{left} – {right}", "the same connection twice", "each once", step)
            continue
        seen[pair] = at
        ends = [_end(end, (*path, place), assets, types, findings) for place, end in enumerate((left, right))]
        if ends[0] is not None and ends[1] is not None and _fits(ends[0], ends[1], left, right, path, findings):
            if ends[0].domain != MATERIAL:
                joined.add_edge(left, right, at=at)
                joined.nodes[left]["port"], joined.nodes[right]["port"] = ends
    _check_nodes(joined, findings)
    _check_signals(scene, types, joined, findings)


def _end(end: str, path: Path, assets: dict[str, Asset], types: Types, findings: Findings) -> AnyPort | None:
    asset_id, name = split_path(end)
    if asset_id not in assets:
        findings.add(path, end, f"the unknown asset {asset_id!r}", "<asset>.<port>", suggest(asset_id, assets))
        return None
    kind = assets[asset_id].type
    line = flow_type(kind)
    if line is None and kind not in types:
        return None
    found = port_of(types, kind, name)
    if found is None:
        known = port_names(line) if line else [item.name for item in types[kind].declaration.ports]
        step = suggest(name, known) or f"It has {', '.join(known) or 'none'}."
        findings.add(path, end, f"the unknown port {name!r}", f"a port of {assets[asset_id].type}", step)
    return found


def _fits(first: AnyPort, second: AnyPort, left: str, right: str, path: Path, findings: Findings) -> bool:
    subject = f"{left} – {right}"
    if first.domain != second.domain:
        got = f"{first.domain} joined to {second.domain}"
        step = "Put a part between them that converts."
        if MATERIAL in (first.domain, second.domain):
            step = "Line and physics meet under `couplings`, never at a port."
        findings.add(path, subject, got, "ports of one domain", step)
        return False
    if first.domain == MATERIAL and first.fixes == second.fixes:
        got = "two ways out" if first.fixes else "two ways in"
        findings.add(path, subject, got, "one way out and one way in", "Join ways by a merger, split by a splitter.")
        return False
    if first.domain == "signal" and first.fixes == second.fixes:
        got = "two signal outputs" if first.fixes else "two signal inputs"
        findings.add(path, subject, got, "one signal output and one input")
        return False
    return True


def _check_nodes(joined: nx.Graph, findings: Findings) -> None:
    """At most one port fixes the effort of a set of joined ports."""
    for node in nx.connected_components(joined):
        sources = sorted(end for end in node if joined.nodes[end]["port"].fixes)
        if len(sources) > 1:
            last = max(joined.edges[edge]["at"] for edge in joined.edges(sources))
            subject = " – ".join(sources)
            signal = joined.nodes[sources[0]]["port"].domain == "signal"
            step = "Choose one." if signal else "Put a resistance, pipe or valve between them."
            findings.add(("connections", last), subject, f"{len(sources)} sources on one node", "at most one", step)


def _check_signals(scene: Scene, types: Types, joined: nx.Graph, findings: Findings) -> None:
    named = {end for pair in scene.connections for end in pair}
    for at, asset in enumerate(scene.assets):
        kind = types.get(asset.type)
        for item in kind.declaration.ports if kind else ():
            end = f"{asset.id}.{item.name}"
            if item.domain == "signal" and not item.fixes and end not in joined and end not in named:
                step = "Connect it, to a constant if need be."
                findings.add(("assets", at), end, "a signal input joined to nothing", "one signal output", step)
