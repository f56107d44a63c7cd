"""Robot cells: what their simulation said."""

from __future__ import annotations

from pydantic import Field

from api.schemas.base import Document, View


class CellView(View):
    """One simulated cell."""

    id: str = Field(description="SHA-256 of its description and of the code that simulated it.")
    spec: Document = Field(description="Arm, belts, boxes, pallet, fixtures, as described.")
    result: Document = Field(description="Cycle times, reach, collisions, joint loads, energy, riding and placing.")
    provenance: Document = Field(description="Versions of plantwin and Genesis, digest of the code.")
    has_film: bool = Field(description="Whether there is an animation, under /film.")
