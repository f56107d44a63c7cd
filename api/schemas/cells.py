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


class CellStandingView(View):
    """Where the cycle times of a robot cell of a plant's line come from."""

    asset: str
    standing: str = Field(
        description="measured; stale: the description changed since; changed: the times did; stated: never measured."
    )
    told: str = Field(description="The same in words, with the next step.")
    described: bool = Field(description="Whether the plant file describes a cell to simulate.")
    kept: bool = Field(description="Whether its simulation can be read here.")
    available: bool = Field(description="Whether cells can be simulated here: needs the extra.")
    how_to_get: str = Field(description="How to get the extra.")
