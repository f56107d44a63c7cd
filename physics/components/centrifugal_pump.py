"""Centrifugal pump whose wear ring opens up, with the heat and vibration it makes.

Equations  Q_i = Q_max root((φ n |n| - Δp / Δp_0) / (1 + x))      Q = Q_i - Q_l      Q_l = q_l (1 + w) root(Δp / Δp_0)
           τ = φ Δp_0 Q_i |n| / ω_n + τ_0 n |n|        dw/dt = k Q_l Δp        M c dT/dt = H_in - H_out + losses
           a = a_0 + a_n [n² + k_o (Q / Q_b - |n|)²]
           φ(N_a - N_r) with the flow of the sound pump, Q² = Q_max² (n |n| - Δp / Δp_0)
Symbols    n relative speed, Q_i impeller flow, Q delivered flow, Q_l leak through the ring, Δp pressure rise, Δp_0
           shut-off pressure, w ring wear, T water in the casing, a vibration, Q_b best-efficiency flow, φ share of
           the head that cavitation leaves, N_a and N_r suction head available and required, x learned extra loss
Source     physics/laws/affinity.py, physics/laws/cavitation.py; ring leak: Gülich (2014), chapter 3; vibration:
           unbalance force ∝ n², rising off the best point, ANSI/HI 9.6.4
Valid      n >= 0 for vibration and cavitation; default vapour pressure is that of water, 0 to 100 °C
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Correction, Failure, Port, parameter, state
from physics.laws import affinity, archard, cavitation, constants, convection, smooth


class CentrifugalPump(Component):
    """Radial pump on a shaft."""

    name = "centrifugal_pump"
    critical = True
    inlet = Port("liquid", "suction side")
    outlet = Port("liquid", "pressure side")
    shaft = Port("rotation", "drive shaft")
    head_shutoff_m = parameter("m", "Head at nominal speed without flow, H_0", default=20.0, low=0.1)
    flow_max_m3_per_s = parameter("m**3/s", "Flow at nominal speed without head, Q_max", default=4e-3, low=1e-7)
    speed_nominal_rad_per_s = parameter("rad/s", "Nominal speed ω_n", default=150.0, low=1.0)
    disc_torque_n_m = parameter("N*m", "Disc friction torque at nominal speed, τ_0", default=0.5, low=0.0)
    inertia_kg_m2 = parameter("kg*m**2", "Inertia of impeller and shaft", default=0.01, low=1e-6)
    ring_leak_m3_per_s = parameter("m**3/s", "Leak of a new wear ring at shut-off head, q_l", default=1e-4, low=0.0)
    wear_per_j = parameter("1/J", "Ring wear coefficient k", default=0.0, low=0.0)
    casing_volume_m3 = parameter("m**3", "Water in the casing", default=2e-3, low=1e-6)
    vibration_floor_m_per_s2 = parameter("m/s**2", "Vibration at rest, a_0", default=0.0, low=0.0)
    vibration_nominal_m_per_s2 = parameter("m/s**2", "Vibration at nominal speed, a_n", default=1.0, low=0.0)
    vibration_off_design_ratio = parameter("1", "Growth of vibration off the best point, k_o", default=1.0, low=0.0)
    flow_best_ratio = parameter("1", "Best-efficiency flow over Q_max", default=0.6, low=0.1, high=0.95)
    suction_still_m = parameter("m", "Suction head needed without flow at nominal speed, N_0", default=0.5, low=0.0)
    suction_best_m = parameter("m", "Suction head needed more at best flow, N_1", default=1.5, low=0.0)
    suction_width_m = parameter("m", "Width over which the head breaks down", default=0.5, low=1e-3)
    vapour_pressure_pa = parameter("Pa", "Vapour pressure of the liquid at 20 °C", default=2339.0, low=0.0)
    evaporation_k = parameter("K", "Evaporation enthalpy over gas constant, B", default=5160.0, low=0.0)
    density_kg_per_m3 = parameter("kg/m**3", "Density ρ", default=998.2, low=1.0)
    specific_heat_j_per_kg_k = parameter("J/(kg*K)", "Specific heat c", default=4182.0, low=100.0)
    ring_wear_ratio = state("1", "Added ring leak over new ring leak, w", low=0.0, slow=True)
    temperature_k = state("K", "Water in the casing, T", default=293.15, nominal=300.0)
    extra_loss_ratio = Correction("1", "Hydraulic loss that the curve misses, x", low=-0.5, high=1.0)
    failures = (Failure("wear ring worn out", when="ring_wear_ratio", limit=3.0, action="replace wear ring"),)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Turn shaft power into head, flow, vibration and heat."""
        speed_ratio = m.shaft.speed_rad_per_s / m.speed_nominal_rad_per_s
        shutoff_pa = m.density_kg_per_m3 * constants.GRAVITY_M_PER_S2 * m.head_shutoff_m
        rise_pa = m.outlet.pressure_pa - m.inlet.pressure_pa
        suction = _suction(m, speed_ratio, affinity.driving_ratio(speed_ratio, rise_pa, shutoff_pa))
        head_left = cavitation.head_left_ratio(suction["suction_spare_m"], m.suction_width_m)
        driving = affinity.driving_ratio(speed_ratio, rise_pa, shutoff_pa, head_left)
        impeller = affinity.flow_m3_per_s(driving, m.flow_max_m3_per_s, 1 + m.extra_loss_ratio)
        unhindered = affinity.flow_m3_per_s(driving, m.flow_max_m3_per_s)
        leak_new = m.ring_leak_m3_per_s * smooth.signed_root(rise_pa / shutoff_pa, constants.STILL_RATIO)
        leak = leak_new * (1 + m.ring_wear_ratio)
        torque_n_m = affinity.impeller_torque_n_m(
            speed_ratio, impeller, head_left * shutoff_pa, m.speed_nominal_rad_per_s
        ) + affinity.disc_torque_n_m(speed_ratio, m.disc_torque_n_m)
        flow_m3_per_s = impeller - leak
        loss_w = torque_n_m * m.shaft.speed_rad_per_s - rise_pa * flow_m3_per_s
        return {
            "shaft.torque_n_m": torque_n_m,
            "shaft.storage": m.inertia_kg_m2,
            **convection.casing(m, m.density_kg_per_m3 * flow_m3_per_s, loss_w),
            "ring_wear_ratio.rate": archard.wear_rate_per_s(m.wear_per_j, leak * rise_pa),
            "extra_loss_ratio.features": (2 * speed_ratio - 1, 2 * unhindered / m.flow_max_m3_per_s - 1),
            "flow_m3_per_s": flow_m3_per_s,
            "pressure_rise_pa": rise_pa,
            "shaft_power_w": torque_n_m * m.shaft.speed_rad_per_s,
            **suction,
            "head_left_ratio": head_left,
            "vibration_m_per_s2": _vibration_m_per_s2(m, speed_ratio, flow_m3_per_s),
        }


def _suction(m: SimpleNamespace, speed_ratio: Any, driving_ratio: Any) -> dict[str, Any]:
    """Suction head available, required, and how much is to spare; (Q / Q_max)² is what drives a sound pump's flow."""
    temperature_k = convection.temperature_k(m.inlet.enthalpy_j_per_kg, m.specific_heat_j_per_kg_k)
    vapour_pa = cavitation.vapour_pressure_pa(m.vapour_pressure_pa, m.evaporation_k, temperature_k)
    available_m = cavitation.available_m(m.inlet.pressure_pa, vapour_pa, m.density_kg_per_m3)
    required_m = cavitation.required_m(
        m.suction_still_m, m.suction_best_m, speed_ratio, driving_ratio / m.flow_best_ratio**2
    )
    return {
        "suction_available_m": available_m,
        "suction_required_m": required_m,
        "suction_spare_m": available_m - required_m,
    }


def _vibration_m_per_s2(m: SimpleNamespace, speed_ratio: Any, flow_m3_per_s: Any) -> Any:
    """RMS acceleration at the bearing housing."""
    turning = smooth.absolute(speed_ratio, constants.STILL_RATIO)
    off_design = flow_m3_per_s / (m.flow_best_ratio * m.flow_max_m3_per_s) - turning
    swing = speed_ratio**2 + m.vibration_off_design_ratio * off_design**2
    return m.vibration_floor_m_per_s2 + m.vibration_nominal_m_per_s2 * swing
