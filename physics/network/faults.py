"""What is wrong with a plant, in full, before anything runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from physics.contract import DOMAINS


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
