"""What is wrong with a plant, in full, before anything runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


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
