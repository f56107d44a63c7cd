"""Shaft or coupling that twists, with play where teeth or jaws engage.

Equations  dφ/dt = ω_a - ω_b        τ = k [(φ - h)+ - (-φ - h)+] + d (ω_a - ω_b)
Symbols    φ twist, ω_a and ω_b end speeds, τ torque from a to b, k stiffness, d damping, h half the play
Source     Dresig, Holzweißig (2010), Dynamics of Machinery, chapter 4; play: Nordin, Gutman (2002),
           doi:10.1016/S0005-1098(02)00047-X
Valid      massless (put inertias at the ends), linear material; damping acts inside the play too
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, parameter, state
from physics.laws import constants, smooth

SMALL_RAD = 1e-3
"""Keeps the corners of a play of nothing finite; without play they cancel exactly."""


class ElasticShaft(Component):
    """Torsional spring and damper between two shafts."""

    name = "elastic_shaft"
    shaft_in = Port("rotation", "one end")
    shaft_out = Port("rotation", "other end")
    stiffness_n_m_per_rad = parameter("N*m/rad", "Torsional stiffness k", default=1000.0, low=1e-6)
    damping_n_m_s = parameter("N*m*s", "Torsional damping d", default=0.5, low=0.0)
    play_rad = parameter("rad", "Whole play, 2 h", default=0.0, low=0.0)
    twist_rad = state("rad", "Twist φ", nominal=0.01)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Twist."""
        slip = m.shaft_in.speed_rad_per_s - m.shaft_out.speed_rad_per_s
        wound_rad = smooth.beyond(m.twist_rad, m.play_rad / 2, constants.STILL_RATIO * (m.play_rad + SMALL_RAD))
        spring_n_m = m.stiffness_n_m_per_rad * wound_rad
        torque_n_m = spring_n_m + m.damping_n_m_s * slip
        return {
            "shaft_in.torque_n_m": torque_n_m,
            "shaft_out.torque_n_m": -torque_n_m,
            "twist_rad.rate": slip,
            "torque_n_m": torque_n_m,
            "stored_w": spring_n_m * slip,
            "lost_w": m.damping_n_m_s * slip**2,
        }
