"""Arms that come with Genesis, by name: file, flange, and the limits that their files leave out.

Source  Universal Robots, UR5e technical specifications (payload 5 kg, joints 180°/s, 150 and 28 N·m); Franka Robotics,
        Robot and interface specifications (payload 3 kg, joint speed, acceleration and torque limits)
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from physics.cell.spec import ArmSpec, Vector


@dataclass(frozen=True)
class Bundled:
    """An arm of Genesis' own assets; `reach_m` from the base to the flange, at most."""

    file: str
    joints: int
    tool_link: str
    flange_m: Vector
    flange_axis: Vector
    ready_rad: tuple[float, ...]
    speed_limit_rad_per_s: tuple[float, ...]
    acceleration_limit_rad_per_s2: tuple[float, ...]
    torque_limit_n_m: tuple[float, ...]
    payload_kg: float
    reach_m: float


ARMS = {
    "ur5e": Bundled(
        file="xml/universal_robots_ur5e/ur5e.xml",
        joints=6,
        tool_link="wrist_3_link",
        flange_m=(0.0, 0.1, 0.0),
        flange_axis=(0.0, 1.0, 0.0),
        ready_rad=(-1.5708, -1.5708, 1.5708, -1.5708, -1.5708, 0.0),
        speed_limit_rad_per_s=(3.14159,) * 6,
        acceleration_limit_rad_per_s2=(8.0,) * 6,
        torque_limit_n_m=(150.0, 150.0, 150.0, 28.0, 28.0, 28.0),
        payload_kg=5.0,
        reach_m=0.95,
    ),
    "franka": Bundled(
        file="xml/franka_emika_panda/panda_nohand.xml",
        joints=7,
        tool_link="attachment",
        flange_m=(0.0, 0.0, 0.0),
        flange_axis=(0.0, 0.0, 1.0),
        ready_rad=(0.0, -0.785, 0.0, -2.356, 0.0, 1.571, 0.785),
        speed_limit_rad_per_s=(2.175, 2.175, 2.175, 2.175, 2.61, 2.61, 2.61),
        acceleration_limit_rad_per_s2=(15.0, 7.5, 10.0, 12.5, 15.0, 20.0, 20.0),
        torque_limit_n_m=(87.0, 87.0, 87.0, 87.0, 12.0, 12.0, 12.0),
        payload_kg=3.0,
        reach_m=0.855,
    ),
}


def filled(arm: ArmSpec) -> ArmSpec:
    """The arm with what its document leaves out taken from the table; an arm of one's own stays as it is."""
    known = ARMS.get(arm.model)
    if known is None:
        return arm
    names = ("tool_link", "ready_rad", "speed_limit_rad_per_s", "acceleration_limit_rad_per_s2", "torque_limit_n_m")
    own = {name: getattr(arm, name) or getattr(known, name) for name in (*names, "payload_kg")}
    if not arm.tool_link:
        own |= {"flange_m": known.flange_m, "flange_axis": known.flange_axis}
    return replace(arm, **own)
