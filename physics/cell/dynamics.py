"""Torques that a motion of the arm takes: the recursive Newton-Euler method, many worlds at once.

Equations  F_i = m_i (a_i − g)        N_i = I_i α_i + ω_i × I_i ω_i        τ_k = z_k · (moments behind joint k)
Symbols    a_i acceleration of the centre of body i, ω, α its turning, z_k axis of joint k, g gravity
Source     Luh, Walker and Paul (1980), doi:10.1115/1.3149599; written in the frame of the world
Valid      rigid bodies in an open chain on a base at rest
"""

from __future__ import annotations

import numpy as np

from physics.cell.chain import Chain, Floats, cross, motions

GRAVITY_M_PER_S2 = 9.81
"""Genesis' default, so that both sides of the cell weigh alike."""


def torques(
    chain: Chain, position: Floats, speed: Floats, acceleration: Floats, *, payload_kg: Floats, reach_m: float
) -> Floats:
    """Joint torques (forces) of this motion, friction of the joints included.

    Args:
        chain: The arm.
        position: Joint positions, shape [W, J].
        speed: Joint speeds, shape [W, J].
        acceleration: Joint accelerations, shape [W, J].
        payload_kg: Mass that the tool holds, 0 for none, shape [W].
        reach_m: From the tool's tip outwards to the payload's centre.
    Returns: N·m or N, shape [W, J].
    """
    rotations, shifts = motions(chain, position)
    joints = len(chain.names)
    axes = [rotations[k] @ chain.axis[k] for k in range(joints)]
    anchors = [rotations[k] @ chain.anchor_m[k] + shifts[k] for k in range(joints)]
    forces, moments = _body_loads(chain, rotations, shifts, axes, anchors, speed, acceleration, payload_kg, reach_m)
    out = np.empty_like(position)
    force, moment = np.zeros_like(anchors[0]), np.zeros_like(anchors[0])
    for k in reversed(range(joints)):
        if k + 1 < joints:
            moment = moment + cross(anchors[k + 1] - anchors[k], force)
        force, moment = force + forces[k], moment + moments[k]
        out[:, k] = np.einsum("wi,wi->w", axes[k], force if chain.slides[k] else moment)
    return np.asarray(out + chain.armature * acceleration + chain.damping * speed)


def _body_loads(
    chain: Chain,
    rotations: list[Floats],
    shifts: list[Floats],
    axes: list[Floats],
    anchors: list[Floats],
    speed: Floats,
    acceleration: Floats,
    payload_kg: Floats,
    reach_m: float,
) -> tuple[list[Floats], list[Floats]]:
    """Force of each body, and its moment about the joint before it, each [W, 3]."""
    turning = bending = np.zeros_like(anchors[0])
    lifted = turning - np.array([0.0, 0.0, -GRAVITY_M_PER_S2])
    at = anchors[0]
    forces, moments = [], []
    for k, axis in enumerate(axes):
        arm = anchors[k] - at
        lifted = lifted + cross(bending, arm) + cross(turning, cross(turning, arm))
        at, rate, push = anchors[k], speed[:, k, None] * axis, acceleration[:, k, None] * axis
        if chain.slides[k]:
            lifted = lifted + push + 2.0 * cross(turning, rate)
        else:
            bending = bending + push + cross(turning, rate)
            turning = turning + rate
        body = rotations[k + 1]
        out = body @ chain.centre_m[k] + shifts[k + 1] - at
        force = chain.mass_kg[k] * (lifted + cross(bending, out) + cross(turning, cross(turning, out)))
        inertia = body @ chain.inertia_kg_m2[k] @ np.swapaxes(body, 1, 2)
        spin = np.einsum("wij,wj->wi", inertia, turning)
        moment = np.einsum("wij,wj->wi", inertia, bending) + cross(turning, spin) + cross(out, force)
        if k + 1 == len(axes):
            point = chain.tool_m + reach_m * chain.tool_rotation[:, 2]
            held = body @ point + shifts[k + 1] - at
            pull = payload_kg[:, None] * (lifted + cross(bending, held) + cross(turning, cross(turning, held)))
            force, moment = force + pull, moment + cross(held, pull)
        forces.append(force)
        moments.append(moment)
    return forces, moments
