"""Ideal gears: a port that turns in proportion to another port of its part, so that two nodes move as one.

A law states a gear by `<driven>.<effort> = r * <driver>.<effort>` with r from parameters alone, and takes the flow back
at the driver, `<driver>.<flow> = -r * <driven>.<flow> + ...`. What the driven node stores then moves with the driver's
node and is reflected into it, C_driver + r^2 C_driven; through gears of gears likewise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import sympy as sp

from physics.compiler.trace import Level, trace
from physics.contract import DOMAINS, Component
from physics.network.joints import Node, ports_of

Member = tuple[str, str]


@dataclass(frozen=True)
class Gears:
    """Which node moves with which: `driver` gives the node that a driven node, known by its name, follows."""

    nodes: Mapping[str, Node]
    driver: Mapping[str, str]

    def root(self, node: Node) -> Node:
        """The node that a driven one follows in the end; itself where nothing drives it."""
        name = node.name
        while name in self.driver:
            name = self.driver[name]
        return self.nodes[name]

    def behind(self, root: Node) -> Iterator[Node]:
        """The nodes that follow a root, itself left out."""
        if self.driver and root.name in self.driver.values():
            found = {root.name}
            while more := {name for name, driver in self.driver.items() if driver in found} - found:
                found |= more
            yield from (self.nodes[name] for name in self.nodes if name in found and name != root.name)


def gears(nodes: Iterable[Node], types: Mapping[str, type[Component]], learned: Mapping[str, frozenset[str]]) -> Gears:
    """The gears of an island; those that drive each other in a circle are left out.

    Args:
        nodes: Its nodes.
        types: Component type of each part.
        learned: Corrections that are learned, by part; none where a part is absent.
    """
    known = {node.name: node for node in nodes}
    of_member = {member: node.name for node in known.values() for member in node.members}
    driver: dict[str, str] = {}
    for node in known.values():
        if node.fixing is not None:
            part, port = node.fixing
            other = driving_port(types[part], port, learned.get(part, frozenset()))
            if other is not None:
                driver[node.name] = of_member[part, other]
    return Gears(known, {name: after for name, after in driver.items() if not _circular(name, driver)})


def _circular(name: str, driver: Mapping[str, str]) -> bool:
    seen = {name}
    while name in driver:
        name = driver[name]
        if name in seen:
            return True
        seen.add(name)
    return False


def driving_port(kind: type[Component], port: str, learned: frozenset[str] = frozenset()) -> str | None:
    """The port of a part that its port `port` follows as an ideal gear does, None where it does not."""
    return _driving_port(cast(Any, kind), port, learned)


@lru_cache(maxsize=256)
def _driving_port(kind: Any, port: str, learned: frozenset[str]) -> str | None:
    traced, ports = trace(kind, learned), ports_of(kind)
    domain = DOMAINS[ports[port].domain]
    if domain.carried or domain.flow is None:
        return None
    effort = traced.equations[f"{port}.{domain.effort}"]
    names = {symbol: name for name, symbol in traced.symbols.items()}
    moving = [s for s in effort.free_symbols if traced.levels[names[s]] > Level.PARAMETER]
    if len(moving) != 1:
        return None
    other, _, read = names[moving[0]].partition(".")
    if other not in ports or ports[other].fixes or read != DOMAINS[ports[other].domain].effort:
        return None
    ratio = sp.diff(effort, moving[0])
    back = sp.diff(
        traced.equations.get(f"{other}.{DOMAINS[ports[other].domain].flow}", sp.Integer(0)),
        traced.symbols[f"{port}.{domain.flow}"],
    )
    follows = sp.expand(effort - ratio * moving[0]) == 0 and sp.expand(back + ratio) == 0
    return other if follows and not DOMAINS[ports[other].domain].carried else None
