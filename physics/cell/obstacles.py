"""Which fixture an arm with a box would meet on a way, told before it goes there.

Method     Points along the arm and over the carried box go with every posture of the path and are looked up in each
           fixture's own frame: one that is nearer than its radius meets it.
Valid      fixtures thicker than PITCH_M; links that run straight from joint to joint, ARM_M thick
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from physics.cell.chain import Chain, Floats, motions
from physics.cell.spec import Fixture, Vector

PITCH_M = 0.05
"""Between neighbouring points of an arm and of a box."""
ARM_M, BOX_M = 0.06, 0.02
"""Half the thickness of a link; what is left free around a carried box, which lies a little aside and turned."""


def met(
    chain: Chain, postures: Floats, fixtures: Sequence[Fixture], *, box_m: Vector | None, gap_m: float, quarter: float
) -> str:
    """The first fixture that is met, "" where the way is free.

    Args:
        chain: The arm with its gripper.
        postures: Joint positions along the way, shape [N, J].
        fixtures: What stands in the cell.
        box_m: Size of the carried box, None for an empty cup.
        gap_m: Between cup and box.
        quarter: Turn of the cup on the box, rad.
    """
    arm, tip, axes = _arm(chain, postures)
    clouds = [(arm, ARM_M)]
    if box_m is not None:
        clouds.append((tip[:, None] + _surface(box_m, gap_m, quarter) @ np.swapaxes(axes, 1, 2), BOX_M))
    for fixture in fixtures:
        if any(bool((_distance_m(points, fixture) < radius_m).any()) for points, radius_m in clouds):
            return fixture.name
    return ""


def _arm(chain: Chain, postures: Floats) -> tuple[Floats, Floats, Floats]:
    """Points of the arm behind its first joint [N, M, 3], the tool's tip [N, 3], and its axes [N, 3, 3]."""
    rotations, shifts = motions(chain, postures)
    tip = rotations[-1] @ chain.tool_m + shifts[-1]
    joints = [rotations[k] @ chain.anchor_m[k] + shifts[k] for k in range(1, len(chain.names))] + [tip]
    rows = []
    for begin, end in zip(joints, joints[1:], strict=False):
        count = 1 + int(np.linalg.norm(end - begin, axis=1).max() / PITCH_M)
        shares = (np.arange(count) + 1.0)[:, None, None] / count
        rows.append(begin + shares * (end - begin))
    return np.concatenate(rows).swapaxes(0, 1), tip, rotations[-1] @ chain.tool_rotation


def _surface(size_m: Vector, gap_m: float, quarter: float) -> Floats:
    """Points over a carried box in the frame of the tool, whose third axis points at it, shape [M, 3]."""
    sides = [np.linspace(-size / 2, size / 2, 2 + int(size / PITCH_M)) for size in size_m]
    points = np.stack(np.meshgrid(*sides, indexing="ij"), axis=-1).reshape(-1, 3)
    outside = (np.isclose(np.abs(points), np.array(size_m) / 2)).any(axis=1)
    c, s = np.cos(quarter), np.sin(quarter)
    turned = points[outside] @ np.array([[c, s, 0.0], [s, -c, 0.0], [0.0, 0.0, 1.0]])
    return np.asarray(turned + [0.0, 0.0, size_m[2] / 2 + gap_m])


def _distance_m(points: Floats, fixture: Fixture) -> Floats:
    """From points to a box that stands, 0 inside."""
    away = points - np.array(fixture.position_m)
    c, s = np.cos(fixture.yaw_rad), np.sin(fixture.yaw_rad)
    own = away @ np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])
    beyond = np.maximum(np.abs(own) - np.array(fixture.size_m) / 2, 0.0)
    return np.asarray(np.sqrt((beyond * beyond).sum(axis=-1)))
