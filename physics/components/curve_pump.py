"""Centrifugal pump after the points of its data sheet: head and power over flow, at any speed, with cavitation.

Equations  0 = n² c((Δp / (ρ g) + (1 - φ) H_0 n²) / n²) / (1 + a) - Q_i |Q_i|        Q = Q_i / sqrt(1 + x)
           τ ω_n = n [|n| P_c(Q_i / |n|) - (1 - φ) ρ g H_0 Q_i] / sqrt(1 + x)        da/dt = k (1 - φ) ρ g H_0 n² |Q|
Symbols    n relative speed, ω_n nominal speed, Q_i flow through the impeller, Q delivered flow, Δp pressure rise, c the
           head curve times s read the other way, Q |Q| over head, P_c power curve times s, H_0 head of the first
           point, φ share of the head that cavitation leaves, a hydraulic loss that erosion of the impeller adds, k
           erosion coefficient, x learned extra loss
Source     affinity laws: Gülich (2014), Centrifugal Pumps, chapter 3; physics/laws/curve.py,
           physics/laws/cavitation.py; erosion in proportion to the power of collapsing bubbles, after
           physics/laws/archard.py
Valid      n >= 0. Between its points head falls in proportion to Q², as hydraulic loss does, and beyond the last point
           it goes on so; corners are rounded over a thousandth of H_0 and of the largest flow
"""

from types import SimpleNamespace
from typing import Any

import sympy as sp

from physics.contract import Component, Correction, Failure, Port, parameter, state, table, unknown
from physics.laws import archard, cavitation, constants, convection, curve, smooth


class CurvePump(Component):
    """Radial pump on a shaft, known by its data sheet."""

    name = "curve_pump"
    critical = True
    inlet = Port("liquid", "suction side")
    outlet = Port("liquid", "pressure side")
    shaft = Port("rotation", "drive shaft")
    head_curve = table(
        "m**3/s", "m", "Head over flow at nominal speed",
        default=((0.0, 20.0), (2e-3, 16.5), (4e-3, 6.0)), low=0.0, falling=True, straight_over=2,
    )  # fmt: skip
    power_curve = table(
        "m**3/s", "W", "Shaft power over flow at nominal speed",
        default=((0.0, 300.0), (4e-3, 620.0)), points=4, low=0.0,
    )  # fmt: skip
    head_scale_ratio = parameter("1", "True head s over that of the curve, to fit", default=1.0, low=0.2, high=3.0)
    speed_nominal_rad_per_s = parameter("rad/s", "Nominal speed ω_n", default=150.0, low=1.0)
    flow_best_m3_per_s = parameter("m**3/s", "Best-efficiency flow at nominal speed", default=2.4e-3, low=1e-9)
    inertia_kg_m2 = parameter("kg*m**2", "Inertia of impeller and shaft", default=0.01, low=1e-6)
    casing_volume_m3 = parameter("m**3", "Liquid in the casing", default=2e-3, low=1e-6)
    suction_still_m = parameter("m", "Suction head needed without flow at nominal speed, N_0", default=0.5, low=0.0)
    suction_best_m = parameter("m", "Suction head needed more at best flow, N_1", default=1.5, low=0.0)
    suction_width_m = parameter("m", "Width over which the head breaks down", default=0.5, low=1e-3)
    vapour_pressure_pa = parameter("Pa", "Vapour pressure of the liquid at 20 °C", default=2339.0, low=0.0)
    evaporation_k = parameter("K", "Evaporation enthalpy over gas constant, B", default=5160.0, low=0.0)
    erosion_per_j = parameter("1/J", "Erosion coefficient k", default=0.0, low=0.0)
    density_kg_per_m3 = parameter("kg/m**3", "Density ρ", default=998.2, low=1.0)
    specific_heat_j_per_kg_k = parameter("J/(kg*K)", "Specific heat c", default=4182.0, low=100.0)
    impeller_m3_per_s = unknown("m**3/s", "Flow Q_i through the impeller", nominal=1e-3)
    temperature_k = state("K", "Liquid in the casing, T", default=293.15, nominal=300.0)
    erosion_ratio = state("1", "Added hydraulic loss over that of the new impeller, a", low=0.0, slow=True)
    extra_loss_ratio = Correction("1", "Hydraulic loss that the curve misses, x", low=-0.5, high=1.0)
    failures = (Failure("impeller eroded", when="erosion_ratio", limit=0.2, action="replace impeller"),)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Turn shaft power into head, flow and heat."""
        speed_ratio = m.shaft.speed_rad_per_s / m.speed_nominal_rad_per_s
        weight_pa_per_m = m.density_kg_per_m3 * constants.GRAVITY_M_PER_S2
        rise_pa = m.outlet.pressure_pa - m.inlet.pressure_pa
        impeller = m.impeller_m3_per_s
        suction = _suction(m, speed_ratio, impeller)
        head_left = cavitation.head_left_ratio(suction["suction_spare_m"], m.suction_width_m)
        lost_m = (1 - head_left) * m.head_scale_ratio * m.head_curve[0][1]
        wanted = _impeller_flow_m3_per_s(m, speed_ratio, rise_pa / weight_pa_per_m + lost_m * speed_ratio**2)
        slowed = sp.sqrt(1 + m.extra_loss_ratio)
        flow_m3_per_s = impeller / slowed
        torque_n_m = speed_ratio * (_power_w(m, speed_ratio, impeller) - lost_m * weight_pa_per_m * impeller)
        torque_n_m = torque_n_m / (m.speed_nominal_rad_per_s * slowed)
        shaft_power_w = torque_n_m * m.shaft.speed_rad_per_s
        still_m3_per_s = constants.STILL_RATIO * m.flow_best_m3_per_s
        collapsing_w = lost_m * weight_pa_per_m * speed_ratio**2 * smooth.absolute(flow_m3_per_s, still_m3_per_s)
        loss_w = shaft_power_w - rise_pa * flow_m3_per_s
        return {
            "shaft.torque_n_m": torque_n_m,
            "shaft.storage": m.inertia_kg_m2,
            **convection.casing(m, m.density_kg_per_m3 * flow_m3_per_s, loss_w),
            "impeller_m3_per_s.residual": wanted - impeller,
            "erosion_ratio.rate": archard.wear_rate_per_s(m.erosion_per_j, collapsing_w),
            "extra_loss_ratio.features": (2 * speed_ratio - 1, impeller / m.flow_best_m3_per_s - 1),
            "flow_m3_per_s": flow_m3_per_s,
            "pressure_rise_pa": rise_pa,
            "shaft_power_w": shaft_power_w,
            **suction,
            "head_left_ratio": head_left,
        }


def _impeller_flow_m3_per_s(m: SimpleNamespace, speed_ratio: Any, head_m: Any) -> Any:
    """Flow that leaves the given head: the head curve read the other way, at the present speed and erosion."""
    over_head = [(m.head_scale_ratio * head, flow**2) for flow, head in reversed(m.head_curve)]
    size_m, largest = m.head_scale_ratio * m.head_curve[0][1], m.head_curve[-1][0] ** 2
    width_m = constants.STILL_RATIO * size_m * smooth.absolute(speed_ratio**2, constants.STILL_RATIO)
    squared = curve.through(over_head, head_m, width_m, speed_ratio**2) / (largest * (1 + m.erosion_ratio))
    return m.head_curve[-1][0] * smooth.signed_root(squared, constants.STILL_RATIO)


def _power_w(m: SimpleNamespace, speed_ratio: Any, flow_m3_per_s: Any) -> Any:
    """Shaft power over the square of the speed ratio; the data sheet is for water."""
    width = constants.STILL_RATIO * m.power_curve[-1][0]
    turning = smooth.absolute(speed_ratio, constants.STILL_RATIO)
    heavier = m.density_kg_per_m3 / constants.COLD_WATER_KG_PER_M3
    return heavier * m.head_scale_ratio * curve.through(m.power_curve, flow_m3_per_s, width, turning)


def _suction(m: SimpleNamespace, speed_ratio: Any, flow_m3_per_s: Any) -> dict[str, Any]:
    """Suction head available, required, and how much is to spare."""
    temperature_k = convection.temperature_k(m.inlet.enthalpy_j_per_kg, m.specific_heat_j_per_kg_k)
    vapour_pa = cavitation.vapour_pressure_pa(m.vapour_pressure_pa, m.evaporation_k, temperature_k)
    available_m = cavitation.available_m(m.inlet.pressure_pa, vapour_pa, m.density_kg_per_m3)
    required_m = cavitation.required_m(
        m.suction_still_m, m.suction_best_m, speed_ratio, (flow_m3_per_s / m.flow_best_m3_per_s) ** 2
    )
    return {
        "suction_available_m": available_m,
        "suction_required_m": required_m,
        "suction_spare_m": available_m - required_m,
    }
