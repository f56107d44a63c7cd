"""What is wrong with a plant, in full, before anything runs."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import networkx as nx

from physics.contract import DOMAINS
from physics.network.plant import Plant, split


@dataclass(frozen=True)
class PlantFault:
    """One broken rule: where, what was found, what is needed, what to do next."""

    where: str
    got: str
    need: str
    next_step: str = ""

    def __str__(self) -> str:
        """`<where>: got <got>, need <need>. <next step>`."""
        return f"{self.where}: got {self.got}, need {self.need}." + (f" {self.next_step}" if self.next_step else "")


class PlantRefused(ValueError):  # noqa: N818 (it names what happened)
    """The plant cannot be simulated; `faults` lists every reason at once."""

    def __init__(self, faults: Iterable[PlantFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def near(name: str, known: Iterable[str]) -> str:
    """The next step where a name is unknown: those nearest to it."""
    options = sorted(known)
    found = difflib.get_close_matches(name, options, 3) or options[:8]
    return f"Known: {', '.join(found)}." if found else ""


def circle(paths: Sequence[str]) -> PlantFault:
    """The fault of values that lead back to themselves, told alike wherever the circle was entered."""
    first = min(range(len(paths)), key=paths.__getitem__)
    efforts = {domain.effort for domain in DOMAINS.values() if domain.flow is not None}
    step = "Put a lag, a filter or a storage into it."
    if all(path.rpartition(".")[2] in efforts for path in paths):
        step = "Turn a part round, so that its other end is fixed, or put a resistance or compliance between."
    return PlantFault(
        " -> ".join([*paths[first:], *paths[:first]]),
        "values that depend on each other without a state between them",
        "a state in the loop",
        step,
    )


def concerned(faults: Iterable[PlantFault], ids: Iterable[str]) -> set[str]:
    """The parts, of those given, that faults name."""
    named = {split(path)[0] for fault in faults for path in re.split(r" - | -> |, | and \d", fault.where)}
    return named.intersection(ids)


def untouched(plant: Plant, faults: Sequence[PlantFault]) -> Plant:
    """What is not joined, over however many others, to a part that faults name: what can still be looked at."""
    if not faults:
        return plant
    ids = {part.id for part in plant.parts}
    joined: nx.Graph = nx.Graph()
    joined.add_nodes_from(ids)
    joined.add_edges_from(tuple(split(end)[0] for end in link) for link in plant.links)
    broken = concerned(faults, joined.nodes) | {part.id for part in plant.parts if "." in part.id} | {""}
    touched = {id_ for group in nx.connected_components(joined) if group & broken for id_ in group}
    return replace(
        plant,
        parts=tuple(part for part in plant.parts if part.id not in touched),
        links=tuple(link for link in plant.links if split(link[0])[0] not in touched),
        corrections=tuple(network for network in plant.corrections if network.part in ids - touched),
    )
