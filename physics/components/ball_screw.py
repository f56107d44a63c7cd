"""Ball screw: turns rotation into travel, with friction of the nut and play that grows with wear.

Equations  v_s = p ω / (2 π)        dx/dt = v_s - v        F = k [(x - h)+ - (-x - h)+] + d (v_s - v)
           τ = p F / (2 π) + (1 + x_l) τ_0 (1 + w_0 w) tanh(ω / ω_w)        h = h_0 + h_w w        dw/dt = k_w |F v_s|
Symbols    p lead, ω screw speed, v_s speed of the thread, v speed of the nut, x what the screw gives way, F axial
           force, k stiffness, d damping, h half the play, h_0 when new, h_w its growth over the life, τ screw torque,
           τ_0 no-load torque of the preloaded nut, w_0 its growth, w wear (1: play at its limit), k_w wear
           coefficient, x_l learned extra friction
Source     ISO 3408-5 (stiffness, no-load torque); physics/laws/archard.py by the work that passes the thread
Valid      force well below buckling and static load rating; friction in proportion to load is within τ_0
"""

from types import SimpleNamespace
from typing import Any

import sympy as sp

from physics.contract import Component, Correction, Failure, Port, parameter, state
from physics.laws import archard, constants, smooth


class BallScrew(Component):
    """Screw between a motor and a linear axis."""

    name = "ball_screw"
    shaft = Port("rotation", "screw")
    nut = Port("translation", "nut")
    lead_m = parameter("m", "Lead p, travel per turn", default=0.01, low=1e-5)
    stiffness_n_per_m = parameter("N/m", "Axial stiffness k", default=5e7, low=1.0)
    damping_n_s_per_m = parameter("N*s/m", "Axial damping d", default=2e4, low=0.0)
    play_m = parameter("m", "Whole play when new, 2 h_0", default=0.0, low=0.0)
    play_worn_m = parameter("m", "Play that wear adds over the life, 2 h_w", default=5e-5, low=0.0)
    no_load_torque_n_m = parameter("N*m", "No-load torque τ_0 when new", default=0.1, low=0.0)
    torque_growth_ratio = parameter("1", "Growth w_0 of the no-load torque over the life", default=0.5, low=0.0)
    speed_nominal_rad_per_s = parameter("rad/s", "Nominal speed of the screw", default=150.0, low=1e-3)
    force_nominal_n = parameter("N", "Nominal axial force", default=1000.0, low=1e-3)
    wear_per_j = parameter("1/J", "Wear coefficient k_w", default=1e-9, low=0.0)
    stretch_m = state("m", "What the screw gives way, x", nominal=1e-4)
    nut_wear_ratio = state("1", "Wear w, 1 is the limit of play", low=0.0, slow=True)
    extra_friction_ratio = Correction("1", "Friction that the law misses, x_l", low=-0.7, high=1.0)
    failures = (Failure("nut worn out", when="nut_wear_ratio", limit=1.0, action="replace nut"),)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Push by turning."""
        speed = m.shaft.speed_rad_per_s
        thread_m_per_s = m.lead_m * speed / (2 * sp.pi)
        slip_m_per_s = thread_m_per_s - m.nut.velocity_m_per_s
        room_m = (m.play_m + m.play_worn_m * m.nut_wear_ratio) / 2
        width_m = constants.STILL_RATIO * constants.STILL_RATIO * m.lead_m
        spring_n = m.stiffness_n_per_m * smooth.beyond(m.stretch_m, room_m, width_m)
        force_n = spring_n + m.damping_n_s_per_m * slip_m_per_s
        turning = smooth.sign(speed, constants.STILL_RATIO * m.speed_nominal_rad_per_s)
        worn = 1 + m.torque_growth_ratio * m.nut_wear_ratio
        rub_n_m = m.no_load_torque_n_m * worn * (1 + m.extra_friction_ratio) * turning
        passed_w = smooth.absolute(force_n, constants.STILL_RATIO * m.force_nominal_n) * thread_m_per_s * turning
        return {
            "shaft.torque_n_m": m.lead_m * force_n / (2 * sp.pi) + rub_n_m,
            "nut.force_n": -force_n,
            "stretch_m.rate": slip_m_per_s,
            "nut_wear_ratio.rate": archard.wear_rate_per_s(m.wear_per_j, passed_w),
            "extra_friction_ratio.features": (speed / m.speed_nominal_rad_per_s, force_n / m.force_nominal_n),
            "axial_force_n": force_n,
            "stored_w": spring_n * slip_m_per_s,
            "lost_w": m.damping_n_s_per_m * slip_m_per_s**2 + rub_n_m * speed,
        }
