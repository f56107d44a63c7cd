"""What differs from box to box and from world to world: mass, friction, how it is laid, when it comes.

Every world has a stream of its own, so a world is the same however many there are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from physics.cell.spec import Spec, Spread

Floats = NDArray[np.float64]
LOWEST = 0.1
"""No draw falls below this share of its mean: a box has a mass, and some friction."""


@dataclass(frozen=True)
class Draws:
    """One number for each box of each world, every array of shape [W, B]; arrivals in seconds since the start."""

    mass_kg: Floats
    friction_ratio: Floats
    offset_m: Floats
    turn_rad: Floats
    arrival_s: Floats


def draw(spec: Spec) -> Draws:
    """Draw all boxes of all worlds; a box is laid so that it lies on the belt with its whole width."""
    boxes, count = spec.boxes, spec.box_count
    rows = [
        np.random.Generator(np.random.Philox(key=[spec.seed, world])).normal(size=(5, count))
        for world in range(spec.worlds)
    ]
    normal = np.stack(rows, axis=1)
    room = max((spec.belts[0].width_m - boxes.size_m[1]) / 2, 0.0)
    spacing = _spread(boxes.arrival_s, normal[4])
    return Draws(
        mass_kg=_spread(boxes.mass_kg, normal[0]),
        friction_ratio=_spread(boxes.friction_ratio, normal[1]),
        offset_m=np.clip(boxes.offset_m * normal[2], -room, room),
        turn_rad=boxes.turn_rad * normal[3],
        arrival_s=np.cumsum(spacing, axis=1) - spacing[:, :1],
    )


def _spread(spread: Spread, normal: Floats) -> Floats:
    return np.asarray(np.maximum(spread.mean + spread.sd * normal, LOWEST * spread.mean))
