"""A serial arm as numbers: where its joints and masses stand at one reference posture, and where they go from there.

Equations  T_i(q) = Π_{k ≤ i} exp(S_k (q_k − q_k,ref))        product of exponentials, in the frame of the world
Symbols    S_k screw of joint k at the reference posture, T_i motion of body i away from it
Source     Lynch and Park, Modern Robotics (2017), chapters 4 and 5
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Chain:
    """An arm at its reference posture, all vectors in the frame of the world.

    Attributes:
        names: Joints from base to tool.
        reference: Joint positions there, rad or m, shape [J].
        axis: Direction of each joint, unit length, shape [J, 3].
        anchor_m: A point on each joint's axis, shape [J, 3].
        slides: Whether a joint slides instead of turning, shape [J].
        low, high: Joint limits, rad or m, shape [J].
        speed: Highest joint speed, rad/s or m/s, shape [J].
        acceleration: Highest joint acceleration, rad/s² or m/s², shape [J].
        torque: Highest joint torque or force, N·m or N, shape [J].
        mass_kg, centre_m, inertia_kg_m2: Of the body behind each joint, shapes [J], [J, 3], [J, 3, 3].
        armature: Rotor inertia at the joint, kg·m² or kg, shape [J].
        damping: Viscous loss at the joint, N·m·s or N·s/m, shape [J].
        tool_m, tool_rotation: The tool's tip, and its axes as columns (the third points out of the tool).
    """

    names: tuple[str, ...]
    reference: Floats
    axis: Floats
    anchor_m: Floats
    slides: NDArray[np.bool_]
    low: Floats
    high: Floats
    speed: Floats
    acceleration: Floats
    torque: Floats
    mass_kg: Floats
    centre_m: Floats
    inertia_kg_m2: Floats
    armature: Floats
    damping: Floats
    tool_m: Floats
    tool_rotation: Floats


def cross(a: Floats, b: Floats) -> Floats:
    """Cross product along the last axis; a third of the cost of NumPy's for few rows."""
    left = a[..., (1, 2, 0)] * b[..., (2, 0, 1)]
    return np.asarray(left - a[..., (2, 0, 1)] * b[..., (1, 2, 0)])


def turn(axis: Floats, angle_rad: Floats) -> Floats:
    """Rotation matrices about one axis by Rodrigues' formula, shape [..., 3, 3]."""
    x, y, z = axis
    skew = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    sine, rest = np.sin(angle_rad)[..., None, None], (1.0 - np.cos(angle_rad))[..., None, None]
    return np.asarray(np.eye(3) + sine * skew + rest * (skew @ skew))


def motions(chain: Chain, position: Floats) -> tuple[list[Floats], list[Floats]]:
    """How each body moved away from the reference posture.

    Args:
        chain: The arm.
        position: Joint positions, shape [W, J].
    Returns: Rotations [W, 3, 3] and shifts [W, 3] of bodies 0 (the base) to J.
    """
    worlds = position.shape[0]
    rotations, shifts = [np.broadcast_to(np.eye(3), (worlds, 3, 3))], [np.zeros((worlds, 3))]
    away = position - chain.reference
    for k in range(len(chain.names)):
        if chain.slides[k]:
            own, shift = np.broadcast_to(np.eye(3), (worlds, 3, 3)), away[:, k, None] * chain.axis[k]
        else:
            own = turn(chain.axis[k], away[:, k])
            shift = chain.anchor_m[k] - own @ chain.anchor_m[k]
        shifts.append(np.einsum("wij,wj->wi", rotations[-1], shift) + shifts[-1])
        rotations.append(rotations[-1] @ own)
    return rotations, shifts


def tool(chain: Chain, position: Floats) -> tuple[Floats, Floats]:
    """Where the tool's tip is [W, 3] and how its axes stand, as columns [W, 3, 3], at joint positions [W, J]."""
    rotations, shifts = motions(chain, position)
    return rotations[-1] @ chain.tool_m + shifts[-1], rotations[-1] @ chain.tool_rotation


def jacobian(chain: Chain, position: Floats) -> tuple[Floats, Floats, Floats]:
    """The tool's tip, its axes, and how both change with each joint.

    Returns: Tip [W, 3], axes [W, 3, 3], and the Jacobian [W, 6, J]: speed of the tip above, turning below.
    """
    rotations, shifts = motions(chain, position)
    tip = rotations[-1] @ chain.tool_m + shifts[-1]
    columns = []
    for k in range(len(chain.names)):
        axis = rotations[k] @ chain.axis[k]
        if chain.slides[k]:
            columns.append(np.concatenate([axis, np.zeros_like(axis)], axis=1))
        else:
            anchor = rotations[k] @ chain.anchor_m[k] + shifts[k]
            columns.append(np.concatenate([cross(axis, tip - anchor), axis], axis=1))
    return tip, rotations[-1] @ chain.tool_rotation, np.stack(columns, axis=2)
