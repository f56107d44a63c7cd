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

    @property
    def times_s(self) -> tuple[float, ...]:
        """Every cycle that was seen, in order of size."""
        return tuple(self.result["cycle"]["values_s"])
