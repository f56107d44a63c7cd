"""Where things of a cell stand: slots of the pallet, the place of a box at the stop, the way of a belt."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from physics.cell.spec import Belt, Fixture, Spec

Floats = NDArray[np.float64]
STOP_M = 0.02
"""Thickness of the bar that boxes run against at the end of the last belt."""
DECK_M, RIM_M = 0.04, 0.02
"""Thickness of the pallet's deck, and how far it reaches beyond the boxes."""


def heading_rad(belt: Belt) -> float:
    """The direction in which a belt runs, about z."""
    return math.atan2(belt.end_m[1] - belt.start_m[1], belt.end_m[0] - belt.start_m[0])


def length_m(belt: Belt) -> float:
    """From start to end."""
    return math.dist(belt.start_m, belt.end_m)


def along(belt: Belt) -> Floats:
    """Unit vector of a belt's run, shape [3]."""
    return np.array([math.cos(heading_rad(belt)), math.sin(heading_rad(belt)), 0.0])


def infeed_m(spec: Spec) -> Floats:
    """Centre of a box that is laid on the first belt, its back edge on the belt's start, shape [3]."""
    belt = spec.belts[0]
    start = np.array([*belt.start_m, belt.height_m + spec.boxes.size_m[2] / 2])
    return np.asarray(start + along(belt) * spec.boxes.size_m[0] / 2)


def stopped_m(spec: Spec) -> Floats:
    """Centre of a box that lies at the stop of the last belt, shape [3]."""
    belt = spec.belts[-1]
    end = np.array([*belt.end_m, belt.height_m + spec.boxes.size_m[2] / 2])
    return np.asarray(end - along(belt) * spec.boxes.size_m[0] / 2)


def slots_m(spec: Spec) -> Floats:
    """Centres of the boxes on a full pallet in the order in which they are placed, shape [N, 3].

    Layers from below; in a layer the slots farthest from the arm first, so that it never reaches over a box.
    """
    pallet, size = spec.pallet, spec.boxes.size_m
    pitch = (size[0] + pallet.gap_m, size[1] + pallet.gap_m)
    c, s = math.cos(pallet.yaw_rad), math.sin(pallet.yaw_rad)
    layer = []
    for row in range(pallet.rows):
        for column in range(pallet.columns):
            x, y = (column - (pallet.columns - 1) / 2) * pitch[0], (row - (pallet.rows - 1) / 2) * pitch[1]
            layer.append((pallet.position_m[0] + c * x - s * y, pallet.position_m[1] + s * x + c * y))
    base = spec.arm.position_m
    layer.sort(key=lambda at: -math.dist(at, base[:2]))
    heights = [pallet.position_m[2] + (level + 0.5) * size[2] for level in range(pallet.layers)]
    return np.array([(x, y, z) for z in heights for x, y in layer])


def deck_m(spec: Spec) -> tuple[float, float]:
    """Length and width that the pallet pattern takes, m."""
    pallet, size = spec.pallet, spec.boxes.size_m
    return (
        pallet.columns * (size[0] + pallet.gap_m) - pallet.gap_m,
        pallet.rows * (size[1] + pallet.gap_m) - pallet.gap_m,
    )


def stop(spec: Spec) -> Fixture:
    """The bar across the end of the last belt, as high as half a box."""
    belt, height = spec.belts[-1], spec.boxes.size_m[2] / 2
    x, y, z = np.array([*belt.end_m, belt.height_m + height / 2]) + along(belt) * STOP_M / 2
    return Fixture("stop", (float(x), float(y), float(z)), (STOP_M, belt.width_m, height), heading_rad(belt))


def deck(spec: Spec) -> Fixture:
    """The pallet's deck."""
    x, y, z = spec.pallet.position_m
    length, width = deck_m(spec)
    size = (length + 2 * RIM_M, width + 2 * RIM_M, DECK_M)
    return Fixture("pallet", (x, y, z - DECK_M / 2), size, spec.pallet.yaw_rad)
