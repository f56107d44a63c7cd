"""What the simulation of a robot cell left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class CellResult:
    """One simulated cell.

    Attributes: id, SHA-256 of its description and of the code that simulated it; spec, the description; result, what
    came of it (`physics/cell/result.py`); provenance, versions; film, the animation, None without one.
    """

    id: str
    spec: Mapping[str, Any]
    result: Mapping[str, Any]
    provenance: Mapping[str, str]
    film: Path | None

    def turns_s(self, box_count: int) -> tuple[tuple[float, ...], ...]:
        """Cycles of items of so many boxes in the order of a pallet: for each item in turn, those of all worlds, s.

        Only worlds that filled their pallet count; boxes that are left over at its end make no item.
        """
        worlds = [
            [box["ended_s"] - box["begun_s"] for box in world["boxes"]]
            for world in self.result["worlds"]
            if world["done"]
        ]
        turns = min((len(cycles) for cycles in worlds), default=0) // box_count
        return tuple(
            tuple(round(sum(cycles[turn * box_count : (turn + 1) * box_count]), 6) for cycles in worlds)
            for turn in range(turns)
        )


@dataclass(frozen=True)
class CellStanding:
    """Where the cycle times of a robot cell of a line come from.

    Attributes: standing, measured, stale, changed or stated; told, the same in words with the next step; described,
    whether there is something to simulate; kept, whether a result of it can be shown; available, whether the extra
    is installed, and how_to_get it.
    """

    asset: str
    standing: str
    told: str
    described: bool
    kept: bool
    available: bool
    how_to_get: str
