"""What a plant file says of where a cell's cycle times come from, and whether that still holds.

`twin cell run` writes `measured` beside the cycle times: the result, and digests of the description and of the times
that belong together. Whoever changes one of them by hand is told.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from twin.scene.rules_cells import TYPE
from twin.scene.scene import Asset, Scene

SHOWN = 12
"""Letters of a digest that are written and shown."""
DESCRIBED = ("cell", "box_count")
"""Settings that a measurement follows from."""


class Standing(StrEnum):
    """How a cell's cycle times stand to its description."""

    MEASURED = "measured"
    STALE = "stale"
    CHANGED = "changed"
    STATED = "stated"


def description(settings: Mapping[str, Any]) -> str:
    """Digest of what a cell is simulated from; a setting written out at its default says nothing more."""
    said = {name: settings.get(name) for name in DESCRIBED}
    return _digest(said | {"box_count": None} if said["box_count"] == 1 else said)


def times(settings: Mapping[str, Any]) -> str:
    """Digest of a cell's cycle times."""
    return _digest(settings.get("cycle_s"))


def record(asset: Asset) -> Mapping[str, Any]:
    """What `twin cell run` wrote beside the times: cell, description, times, when; empty without."""
    found = asset.settings.get("measured")
    return found if isinstance(found, Mapping) else {}


def standing(asset: Asset) -> Standing:
    """Whether the cycle times are those measured, of the description as it is; STATED where none were measured."""
    measured = record(asset)
    if not measured:
        return Standing.STATED
    if measured.get("description") != description(asset.settings):
        return Standing.STALE
    return Standing.MEASURED if measured.get("times") == times(asset.settings) else Standing.CHANGED


def told(asset: Asset, plant: str) -> str:
    """The same in words, with the next step."""
    found, measured, now = standing(asset), record(asset), description(asset.settings)
    when = str(measured.get("when", ""))[:16].replace("T", " ")
    by = f"measured by cell {measured.get('cell')}, description {measured.get('description')}, on {when} UTC"
    anew = f"`twin cell run {plant} {asset.id}` measures anew."
    if found is Standing.MEASURED:
        return f"Cycle times {by}."
    if found is Standing.STALE:
        return f"Cycle times {by}; the description was changed since and is {now} now. {anew}"
    if found is Standing.CHANGED:
        return f"Cycle times were changed by hand since they were {by}. {anew}"
    return f"Cycle times are what the plant file states; the cell was not simulated. {anew}"


def cells_of(scene: Scene) -> tuple[Asset, ...]:
    """Robot cells of a scene, in its order."""
    return tuple(asset for asset in scene.assets if asset.type == TYPE)


def _digest(value: Any) -> str:
    """Of a document; 1 and 1.0 are one number."""
    plain = json.loads(json.dumps(value), parse_int=float)
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()[:SHOWN]
