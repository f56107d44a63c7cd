"""Machine-tool spindle that turns metal: cutting force after Kienzle, tool wear after Taylor.

Equations  F = (1 + x) (1 + k_w w) e k_c a f (f / f_1)^-m_c        τ = r F tanh(ω / ω_w) + τ_b tanh(ω / ω_w) + b ω
           dw/dt = e / T_r (v / v_r)^(1/n) (f / f_r)^p        v = r |ω|
Symbols    F cutting force, k_c specific cutting force at f_1 = 1 mm, m_c its exponent, a depth of cut, f feed per turn,
           e share of time that the tool cuts, r radius of the work, ω speed, v cutting speed, w tool wear (1: criterion
           reached), T_r tool life at cutting speed v_r and feed f_r, n Taylor's exponent, p that of the feed, k_w
           growth of the force, τ_b and b spindle friction, x learned extra force
Source     Taylor (1907), v T^n = C; ISO 3685 (criterion 0.3 mm flank wear); Kienzle (1952), in Klocke (2011),
           Manufacturing Processes 1, sections 3.2 and 7.3
Valid      turning with a straight edge at 90°, above built-up-edge speeds; v below v_r / 1000 counts as none
"""

from types import SimpleNamespace
from typing import Any

import sympy as sp

from physics.contract import Component, Correction, Failure, Port, drive, parameter, state
from physics.laws import constants, coulomb, smooth, taylor


class Spindle(Component):
    """Spindle, work piece and tool."""

    name = "spindle"
    shaft = Port("rotation", "spindle shaft")
    engaged_ratio = drive("1", "Share of time that the tool cuts, e", default=0.0, low=0.0, high=1.0)
    feed_m = drive("m", "Feed f per turn", default=2e-4, low=1e-6)
    depth_m = drive("m", "Depth of cut a", default=2e-3, low=0.0)
    work_radius_m = parameter("m", "Radius r of the work", default=0.04, low=1e-4)
    cutting_pa = parameter("Pa", "Specific cutting force k_c at 1 mm", default=1.5e9, low=1.0)
    cutting_exponent_ratio = parameter("1", "Exponent m_c of the chip thickness", default=0.25, low=0.0, high=0.9)
    bearing_torque_n_m = parameter("N*m", "Dry spindle friction τ_b", default=0.3, low=0.0)
    viscous_n_m_s = parameter("N*m*s", "Viscous spindle friction b", default=1e-3, low=0.0)
    speed_nominal_rad_per_s = parameter("rad/s", "Nominal speed", default=100.0, low=1e-3)
    inertia_kg_m2 = parameter("kg*m**2", "Inertia of spindle and work", default=0.2, low=1e-9)
    tool_life_s = parameter("s", "Tool life T_r at reference speed and feed", default=900.0, low=1e-3)
    cutting_speed_m_per_s = parameter("m/s", "Reference cutting speed v_r", default=4.0, low=1e-3)
    feed_reference_m = parameter("m", "Reference feed f_r", default=2e-4, low=1e-6)
    taylor_ratio = parameter("1", "Taylor's exponent n", default=0.25, low=0.05, high=1.0)
    feed_exponent_ratio = parameter("1", "Exponent p of the feed", default=1.5, low=0.0)
    force_wear_ratio = parameter("1", "Growth k_w of the force when the tool is worn", default=0.5, low=0.0)
    tool_wear_ratio = state("1", "Tool wear w, 1 is the criterion", low=0.0, slow=True)
    extra_force_ratio = Correction("1", "Cutting force that the law misses, x", low=-0.5, high=0.5)
    failures = (Failure("tool worn out", when="tool_wear_ratio", limit=1.0, action="change tool"),)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Cut."""
        speed = m.shaft.speed_rad_per_s
        width = constants.STILL_RATIO * m.speed_nominal_rad_per_s
        thin = sp.exp(-m.cutting_exponent_ratio * sp.log(m.feed_m / constants.CHIP_M))
        sharp_n = m.engaged_ratio * m.cutting_pa * m.depth_m * m.feed_m * thin
        force_n = sharp_n * (1 + m.force_wear_ratio * m.tool_wear_ratio) * (1 + m.extra_force_ratio)
        turning = smooth.sign(speed, width)
        rub_n_m = coulomb.friction(speed, dry=m.bearing_torque_n_m, viscous=m.viscous_n_m_s, width=width)
        torque_n_m = m.work_radius_m * force_n * turning + rub_n_m
        cut_m_per_s = m.work_radius_m * speed * turning
        life_s = taylor.life_s(
            cut_m_per_s / m.cutting_speed_m_per_s,
            m.feed_m / m.feed_reference_m,
            life_s=m.tool_life_s,
            taylor_ratio=m.taylor_ratio,
            feed_exponent=m.feed_exponent_ratio,
        )
        return {
            "shaft.torque_n_m": torque_n_m,
            "shaft.storage": m.inertia_kg_m2,
            "tool_wear_ratio.rate": m.engaged_ratio / life_s,
            "extra_force_ratio.features": (cut_m_per_s / m.cutting_speed_m_per_s - 1, m.tool_wear_ratio),
            "cutting_force_n": force_n,
            "rim_speed_m_per_s": cut_m_per_s,
            "removal_m3_per_s": m.engaged_ratio * m.depth_m * m.feed_m * cut_m_per_s,
            "shaft_power_w": torque_n_m * speed,
            "lost_w": torque_n_m * speed,
        }
