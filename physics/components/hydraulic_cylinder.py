"""Hydraulic cylinder: pressure pushes a rod, with seal friction, leakage past the piston and ends to its stroke.

Equations  m_1 = ρ (A_1 v + Q_l)        m_2 = -ρ (A_2 v + Q_l)        Q_l = (1 + x) (1 + w) G_l (p_1 - p_2)
           F = -p_1 A_1 + p_2 A_2 + p_atm (A_1 - A_2) + F_f + F_e        F_f = F_c tanh(v / v_w) + b v
           F_e = k_e y + c_e s v        ds/dt = v        dw/dt = k |F_f v|        M c dT/dt = Σ (H - h m) + losses
Symbols    m_1 and m_2 flows into the cap and the rod side, v rod velocity, outward, A_1 piston and A_2 annulus area,
           p_1 and p_2 pressures, Q_l leak, F force into the cylinder at the rod, F_f friction, F_e end stop, y how far
           the piston is past an end, s share of the stop in contact, w seal wear, T liquid, M its mass, x learned
           extra leak
Source     Merritt (1967), Hydraulic Control Systems, chapter 6; friction: physics/laws/coulomb.py; wear:
           physics/laws/archard.py
Valid      incompressible liquid of one temperature on both sides: each port needs a valve, orifice or accumulator,
           not a column with inertia of its own; held by friction the rod creeps below v_w
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Correction, Failure, Port, parameter, state
from physics.laws import archard, constants, convection, coulomb, smooth


class HydraulicCylinder(Component):
    """Double-acting cylinder."""

    name = "hydraulic_cylinder"
    critical = True
    cap = Port("liquid", "cap side, pushes the rod out")
    annulus = Port("liquid", "rod side, pulls the rod in")
    rod = Port("translation", "rod, outward positive")
    piston_m2 = parameter("m**2", "Piston area A_1", default=2e-3, low=1e-8)
    annulus_m2 = parameter("m**2", "Annulus area A_2", default=1e-3, low=1e-8)
    stroke_m = parameter("m", "Stroke", default=0.5, low=1e-3)
    moved_kg = parameter("kg", "Mass of piston and rod", default=5.0, low=1e-3)
    dry_friction_n = parameter("N", "Dry friction F_c of the seals", default=50.0, low=0.0)
    viscous_n_s_per_m = parameter("N*s/m", "Viscous friction b", default=200.0, low=0.0)
    width_m_per_s = parameter("m/s", "Velocity v_w over which friction turns round", default=1e-3, low=1e-7)
    leak_m3_per_s_pa = parameter("m**3/(s*Pa)", "Leakage G_l past new seals", default=1e-13, low=0.0)
    stop_n_per_m = parameter("N/m", "Stiffness k_e of the end stops", default=1e7, low=1.0)
    stop_n_s_per_m = parameter("N*s/m", "Damping c_e of the end stops", default=1e4, low=0.0)
    stop_width_m = parameter("m", "Width over which the stops come into contact", default=1e-4, low=1e-7)
    wear_per_j = parameter("1/J", "Seal wear coefficient k", default=0.0, low=0.0)
    liquid_volume_m3 = parameter("m**3", "Liquid inside", default=1e-3, low=1e-8)
    density_kg_per_m3 = parameter("kg/m**3", "Density ρ of the liquid", default=998.2, low=1.0)
    specific_heat_j_per_kg_k = parameter("J/(kg*K)", "Specific heat c", default=4182.0, low=100.0)
    position_m = state("m", "How far the rod is out, 0 to the stroke", default=0.25, nominal=0.1)
    temperature_k = state("K", "Temperature T of the liquid inside", default=293.15, nominal=300.0)
    seal_wear_ratio = state("1", "Added leakage over that of new seals, w", low=0.0, slow=True)
    extra_leak_ratio = Correction("1", "Leakage that the law misses, x", low=-0.9, high=2.0)
    failures = (Failure("seals worn out", when="seal_wear_ratio", limit=10.0, action="replace seals"),)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Turn pressure into motion."""
        v, drop_pa = m.rod.velocity_m_per_s, m.cap.pressure_pa - m.annulus.pressure_pa
        sealed_m3_per_s = (1 + m.seal_wear_ratio) * m.leak_m3_per_s_pa * drop_pa
        leak_m3_per_s = (1 + m.extra_leak_ratio) * sealed_m3_per_s
        friction_n = coulomb.friction(v, dry=m.dry_friction_n, viscous=m.viscous_n_s_per_m, width=m.width_m_per_s)
        past_m = smooth.beyond(m.position_m - m.stroke_m / 2, m.stroke_m / 2, m.stop_width_m)
        spring_n = m.stop_n_per_m * past_m
        damper_n = m.stop_n_s_per_m * past_m**2 / (past_m**2 + m.stop_width_m**2) * v
        air_n = constants.ATMOSPHERE_PA * (m.piston_m2 - m.annulus_m2)
        push_n = m.cap.pressure_pa * m.piston_m2 - m.annulus.pressure_pa * m.annulus_m2 - air_n
        loss_w = leak_m3_per_s * drop_pa + (friction_n + damper_n) * v
        return {
            **_liquid(m, m.piston_m2 * v + leak_m3_per_s, m.annulus_m2 * v + leak_m3_per_s, loss_w),
            "rod.force_n": friction_n + spring_n + damper_n - push_n,
            "rod.storage": m.moved_kg,
            "position_m.rate": v,
            "seal_wear_ratio.rate": archard.wear_rate_per_s(m.wear_per_j, friction_n * v),
            "extra_leak_ratio.features": (
                drop_pa / constants.COEFFICIENT_PRESSURE_PA,
                2 * m.position_m / m.stroke_m - 1,
            ),
            "push_n": push_n,
            "friction_n": friction_n,
            "leak_m3_per_s": leak_m3_per_s,
            "supplied_w": -air_n * v,
            "spring_w": -spring_n * v,
        }


def _liquid(m: SimpleNamespace, in_m3_per_s: Any, out_m3_per_s: Any, loss_w: Any) -> dict[str, Any]:
    """Flows at both sides and the heat of the liquid inside."""
    here = convection.enthalpy_j_per_kg(m.temperature_k, m.specific_heat_j_per_kg_k)
    entering, leaving = m.density_kg_per_m3 * in_m3_per_s, m.density_kg_per_m3 * out_m3_per_s
    entering_w = convection.enthalpy_flow_w(entering, m.cap.enthalpy_j_per_kg, here)
    leaving_w = convection.enthalpy_flow_w(leaving, here, m.annulus.enthalpy_j_per_kg)
    gained_w = entering_w - leaving_w + loss_w
    capacity_j_per_k = m.density_kg_per_m3 * m.liquid_volume_m3 * m.specific_heat_j_per_kg_k
    return {
        "cap.mass_flow_kg_per_s": entering,
        "annulus.mass_flow_kg_per_s": -leaving,
        "cap.enthalpy_flow_w": entering_w,
        "annulus.enthalpy_flow_w": -leaving_w,
        "temperature_k.rate": (gained_w - here * (entering - leaving)) / capacity_j_per_k,
        "stored_w": gained_w,
    }
