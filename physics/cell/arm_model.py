"""An arm's numbers as Genesis read them from URDF or MJCF, at the posture in which its entity stands."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from physics.cell.chain import Chain
from physics.cell.spec import ArmSpec

Floats = NDArray[np.float64]


class NoSerialArm(ValueError):  # noqa: N818 (it names what happened)
    """The file holds no arm of joints with one degree of freedom each; the message says what it holds."""


def chain_joints(solver: Any, arm: Any, tool_link: int) -> list[Any]:
    """The arm's joints from base to tool.

    Raises: NoSerialArm.
    """
    found: list[Any] = []
    at = tool_link
    while at >= 0:
        link = solver.links[at]
        moving = [joint for joint in link.joints if joint.n_dofs > 0]
        if any(joint.n_dofs > 1 for joint in moving):
            raise NoSerialArm(f"joint {moving[0].name!r} with {moving[0].n_dofs} degrees of freedom")
        found = [*moving, *found]
        at = link.parent_idx
    if len(found) < 2:
        raise NoSerialArm(f"{len(found)} joints between base and link {solver.links[tool_link].name!r}")
    return found


def chain_of(solver: Any, arm: Any, joints: list[Any], spec: ArmSpec, tip: tuple[Floats, Floats]) -> Chain:
    """The chain at the arm's present posture.

    Args:
        solver: Genesis' rigid solver.
        arm: The arm's entity.
        joints: From base to tool.
        spec: Limits that stand above those of the file.
        tip: The tool's tip and axes there.
    """
    local = [joint.dofs_idx_local[0] for joint in joints]
    links = [joint.link.idx for joint in joints]
    mass, centre, inertia = _bodies(solver, links)
    low, high = (_numbers(item) for item in arm.get_dofs_limit(local))
    lower, upper = (_numbers(item) for item in arm.get_dofs_force_range(local))
    torque = np.minimum(np.abs(lower), np.abs(upper))
    count = len(joints)
    return Chain(
        names=tuple(joint.name for joint in joints),
        reference=_numbers(arm.get_dofs_position(local)),
        axis=np.stack([_numbers(joint.get_anchor_axis()) for joint in joints]),
        anchor_m=np.stack([_numbers(joint.get_anchor_pos()) for joint in joints]),
        slides=np.array([np.allclose(joint.desc.dofs_motion_ang, 0.0) for joint in joints]),
        low=np.where(np.isfinite(low), low, -2 * np.pi),
        high=np.where(np.isfinite(high), high, 2 * np.pi),
        speed=_each(spec.speed_limit_rad_per_s, count),
        acceleration=_each(spec.acceleration_limit_rad_per_s2, count),
        torque=_each(spec.torque_limit_n_m, count) if spec.torque_limit_n_m else torque,
        mass_kg=mass,
        centre_m=centre,
        inertia_kg_m2=inertia,
        armature=_numbers(arm.get_dofs_armature(local)),
        damping=_numbers(arm.get_dofs_damping(local)),
        tool_m=tip[0],
        tool_rotation=tip[1],
    )


def tool_frame(direction: Floats) -> Floats:
    """Axes as columns with the third along a direction; the first as near to the world's x as can be."""
    z = direction / np.linalg.norm(direction)
    near = np.array([1.0, 0.0, 0.0]) if abs(z[0]) < 0.9 else np.array([0.0, 1.0, 0.0])
    x = near - (near @ z) * z
    x /= np.linalg.norm(x)
    return np.stack([x, np.cross(z, x), z], axis=1)


def rotation(quaternion: Floats) -> Floats:
    """Rotation matrices of quaternions (w, x, y, z), shape [..., 3, 3]."""
    w, x, y, z = np.moveaxis(quaternion, -1, 0)
    rows = [
        [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
        [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
        [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
    ]
    return np.moveaxis(np.array(rows), (0, 1), (-2, -1))


def _bodies(solver: Any, moved: list[int]) -> tuple[Floats, Floats, Floats]:
    """Mass, centre and inertia of what moves with each joint, fingers and tools included."""
    parts: list[list[tuple[float, Floats, Floats]]] = [[] for _joint in moved]
    for link in solver.links:
        at = link.idx
        while at >= 0 and at not in moved:
            at = solver.links[at].parent_idx
        if at >= 0 and link.desc.mass:
            frame = rotation(_numbers(solver.get_links_quat([link.idx]))[0])
            own = frame @ rotation(np.asarray(link.desc.inertial_quat, dtype=np.float64))
            place = _numbers(solver.get_links_pos([link.idx]))[0] + frame @ link.desc.inertial_pos
            parts[moved.index(at)].append((float(link.desc.mass), place, own @ link.desc.inertia @ own.T))
    masses, centres, inertias = zip(*(_joined(part) for part in parts), strict=True)
    return np.array(masses), np.array(centres), np.array(inertias)


def _joined(parts: list[tuple[float, Floats, Floats]]) -> tuple[float, Floats, Floats]:
    """Several bodies as one (Steiner)."""
    total = sum(mass for mass, _place, _inertia in parts)
    if total == 0:
        return 0.0, np.zeros(3), np.zeros((3, 3))
    centre = np.sum([mass * place for mass, place, _inertia in parts], axis=0) / total
    inertia = np.zeros((3, 3))
    for mass, place, own in parts:
        away = place - centre
        inertia += own + mass * (away @ away * np.eye(3) - np.outer(away, away))
    return total, centre, inertia


def _numbers(values: Any) -> Floats:
    """First world of a tensor as float64."""
    found = np.asarray(values.cpu().numpy(), dtype=np.float64)
    return found[0] if found.ndim > 1 else found


def _each(limits: tuple[float, ...], count: int) -> Floats:
    return np.broadcast_to(np.array(limits), (count,)).astype(np.float64)
