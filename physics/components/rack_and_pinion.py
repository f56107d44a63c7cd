"""Pinion and rack, or a ball screw: turning becomes travel in a fixed proportion, without losses.

Equations  v = s ω        τ = -s F        seen from the shaft, a mass m on the rod weighs s² m
Symbols    ω shaft speed, v rod velocity, τ torque and F force into the part, s travel per angle: the pinion's pitch
           radius, or a screw's lead over 2π
Source     Wittenburg (2008), Dynamics of Multibody Systems, section 5.5: reduction of inertia to one shaft
Valid      teeth or balls far stiffer than what they drive, no play; friction is the axis's own
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, parameter


class RackAndPinion(Component):
    """Fixed proportion of travel and angle; a mass behind it is felt at its shaft."""

    name = "rack_and_pinion"
    shaft = Port("rotation", "pinion or screw")
    rod = Port("translation", "rack or nut", fixes=True)
    travel_m_per_rad = parameter("m/rad", "Travel per angle, s", default=0.02)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Travel in proportion, take torque in proportion."""
        return {
            "rod.velocity_m_per_s": m.travel_m_per_rad * m.shaft.speed_rad_per_s,
            "shaft.torque_n_m": -m.travel_m_per_rad * m.rod.force_n,
            "power_w": -m.rod.force_n * m.travel_m_per_rad * m.shaft.speed_rad_per_s,
            "stored_w": 0,
        }
