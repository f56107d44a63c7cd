"""Gear, belt or chain without losses, slip or give: two shafts turn in a fixed proportion.

Equations  ω_b = r ω_a        τ_a = -r τ_b        seen from a, what b carries is r² times as heavy
Symbols    ω_a, ω_b speed of driving and driven shaft, τ_a, τ_b torque into the gear, r driven over driving speed
Source     Wittenburg (2008), Dynamics of Multibody Systems, section 5.5: reduction of inertia to one shaft
Valid      teeth far stiffer than the shafts, losses to be told elsewhere (bearing, gearbox)
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, parameter


class IdealGear(Component):
    """Fixed proportion of two speeds; inertia behind it is felt at its driving shaft."""

    name = "ideal_gear"
    driving = Port("rotation", "shaft that sets the speed")
    driven = Port("rotation", "shaft that follows", fixes=True)
    speed_ratio = parameter("1", "Driven over driving speed, r; negative where the shafts turn against each other",
                            default=0.1)  # fmt: skip

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Turn in proportion, take torque in proportion."""
        return {
            "driven.speed_rad_per_s": m.speed_ratio * m.driving.speed_rad_per_s,
            "driving.torque_n_m": -m.speed_ratio * m.driven.torque_n_m,
            "power_w": -m.driven.torque_n_m * m.speed_ratio * m.driving.speed_rad_per_s,
            "stored_w": 0,
        }
