"""Displacement pump (gear, lobe, piston) whose clearances open up.

Equations  V = D ω - (1 + x) (1 + w) V_l Δp / Δp_n        τ = D Δp + b ω + τ_c tanh(ω / ω_w)
           dw/dt = k (V_leak Δp)
Symbols    V volume flow, D displacement per radian, ω speed, Δp pressure rise, V_l leak at Δp_n when new, w clearance
           wear, b and τ_c viscous and dry friction, k wear coefficient, x learned extra leak
Source     Wilson (1946), J. Franklin Inst. 241: slip, viscous and dry losses of displacement pumps;
           x rises with Δp, which widens the clearances: Ivantysyn, Ivantysynova (2001), Hydrostatic Pumps and Motors
Valid      no cavitation; laminar slip
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Correction, Failure, Port, Trend, parameter, state
from physics.laws import archard, constants, convection, coulomb


class DisplacementPump(Component):
    """Pump that fills and empties chambers."""

    name = "displacement_pump"
    critical = True
    inlet = Port("liquid", "suction side")
    outlet = Port("liquid", "pressure side")
    shaft = Port("rotation", "drive shaft")
    displacement_m3_per_rad = parameter("m**3/rad", "Displacement D", default=5e-6, low=1e-12)
    leak_nominal_m3_per_s = parameter("m**3/s", "Leak V_l at nominal pressure when new", default=5e-6, low=0.0)
    pressure_nominal_pa = parameter("Pa", "Nominal pressure rise Δp_n", default=3e5, low=1.0)
    speed_nominal_rad_per_s = parameter("rad/s", "Nominal speed", default=50.0, low=1e-3)
    viscous_friction_n_m_s = parameter("N*m*s", "Viscous friction b", default=5e-3, low=0.0)
    dry_friction_n_m = parameter("N*m", "Dry friction τ_c", default=0.3, low=0.0)
    inertia_kg_m2 = parameter("kg*m**2", "Inertia of the rotors", default=2e-3, low=1e-9)
    wear_per_j = parameter("1/J", "Wear coefficient k", default=0.0, low=0.0)
    density_kg_per_m3 = parameter("kg/m**3", "Density ρ", default=998.2, low=1.0)
    clearance_wear_ratio = state("1", "Added leak over new leak, w", low=0.0, slow=True)
    extra_leak_ratio = Correction(
        "1", "Leak that the law misses, x", low=-0.7, high=1.0, trends=(Trend.RISES, Trend.FREE)
    )
    failures = (Failure("clearance worn out", when="clearance_wear_ratio", limit=3.0, action="overhaul"),)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Displace against pressure."""
        speed = m.shaft.speed_rad_per_s
        rise_pa = m.outlet.pressure_pa - m.inlet.pressure_pa
        leak_new = m.leak_nominal_m3_per_s * rise_pa / m.pressure_nominal_pa
        leak_m3_per_s = leak_new * (1 + m.clearance_wear_ratio) * (1 + m.extra_leak_ratio)
        flow_m3_per_s = m.displacement_m3_per_rad * speed - leak_m3_per_s
        friction_n_m = coulomb.friction(
            speed,
            dry=m.dry_friction_n_m,
            viscous=m.viscous_friction_n_m_s,
            width=constants.STILL_RATIO * m.speed_nominal_rad_per_s,
        )
        torque_n_m = m.displacement_m3_per_rad * rise_pa + friction_n_m
        leak_power_w = leak_m3_per_s * rise_pa
        return {
            **convection.passage(m, m.density_kg_per_m3 * flow_m3_per_s),
            "shaft.torque_n_m": torque_n_m,
            "shaft.storage": m.inertia_kg_m2,
            "clearance_wear_ratio.rate": archard.wear_rate_per_s(m.wear_per_j, leak_power_w),
            "extra_leak_ratio.features": (
                rise_pa / m.pressure_nominal_pa - 1,
                2 * speed / m.speed_nominal_rad_per_s - 1,
            ),
            "flow_m3_per_s": flow_m3_per_s,
            "pressure_rise_pa": rise_pa,
            "lost_w": leak_power_w + friction_n_m * speed,
        }
