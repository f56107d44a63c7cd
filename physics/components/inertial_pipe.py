"""Long pipe whose column of liquid takes time to start and to stop, and gives a little under pressure.

Equations  (ρ L / A) dQ/dt = p_1 - p_2 - ρ g z        C dp_1/dt = ρ (Q_in - Q)        C dp_2/dt = ρ (Q - Q_out)
           Q_in = A v(p_in - p_1) / sqrt(1 + x)        Q_out = A v(p_2 - p_out) / sqrt(1 + x)        C = A L / (2 a²)
           ρ A L c dT/dt = Σ (H - h m) + losses
Symbols    Q flow in the middle, Q_in and Q_out at the ends, p_1 and p_2 pressure just inside the ends, A cross section,
           L length, z rise to the outlet, v velocity that half the pipe's friction leaves, a wave velocity, C mass that
           half the pipe takes in per pressure, T mean temperature of the content, x learned extra loss
Source     column and compliance: Wylie, Streeter (1993), Fluid Transients in Systems, chapters 1 and 5; loss:
           physics/laws/darcy_weisbach.py
Valid      surges slower than a / L. Of water hammer it has the first mode alone, 10 % slow, and peaks up to 1.4 times
           Joukowsky's. Friction sits at the ends, so it joins to anything, another column or a shut valve included.
           A short one rings for long and costs steps: take `pipe` where L / a is far below what is looked at
"""

from types import SimpleNamespace
from typing import Any

import sympy as sp

from physics.contract import Component, Correction, Port, parameter, state
from physics.laws import constants, convection, darcy_weisbach


class InertialPipe(Component):
    """A pipe run with inertia; bends are given as equivalent length."""

    name = "inertial_pipe"
    inlet = Port("liquid", "inlet")
    outlet = Port("liquid", "outlet")
    length_m = parameter("m", "Length L, bends as equivalent length", default=100.0, low=1e-3)
    diameter_m = parameter("m", "Inner diameter", default=0.1, low=1e-4)
    roughness_m = parameter("m", "Wall roughness", default=5e-5, low=0.0)
    rise_m = parameter("m", "Height of the outlet over the inlet, z", default=0.0)
    wave_m_per_s = parameter("m/s", "Wave velocity a; 1200 in steel, 400 in plastic", default=1200.0, low=10.0)
    density_kg_per_m3 = parameter("kg/m**3", "Density ρ", default=998.2, low=1.0)
    specific_heat_j_per_kg_k = parameter("J/(kg*K)", "Specific heat c", default=4182.0, low=100.0)
    kinematic_viscosity_m2_per_s = parameter("m**2/s", "Kinematic viscosity", default=1.0e-6, low=1e-8)
    flow_m3_per_s = state("m**3/s", "Volume flow Q in the middle", nominal=1e-2)
    inlet_side_pa = state("Pa", "Pressure p_1 inside the inlet", default=constants.ATMOSPHERE_PA, nominal=1e5)
    outlet_side_pa = state("Pa", "Pressure p_2 inside the outlet", default=constants.ATMOSPHERE_PA, nominal=1e5)
    temperature_k = state("K", "Mean temperature T of the content", default=293.15, nominal=300.0)
    extra_loss_ratio = Correction("1", "Pressure loss that the law misses, x", low=-0.5, high=1.0)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Speed up the column by the pressures inside its ends, which friction and compliance set."""
        area_m2 = sp.pi / 4 * m.diameter_m**2
        lift_pa = m.density_kg_per_m3 * constants.GRAVITY_M_PER_S2 * m.rise_m
        middle, entering, leaving = m.flow_m3_per_s, *_ends_m3_per_s(m, area_m2)
        half_m3_per_pa = area_m2 * m.length_m / (2 * m.density_kg_per_m3 * m.wave_m_per_s**2)
        driving_pa = m.inlet_side_pa - m.outlet_side_pa - lift_pa
        stored_w = m.inlet_side_pa * (entering - middle) + driving_pa * middle + m.outlet_side_pa * (middle - leaving)
        loss_w = (m.inlet.pressure_pa - m.inlet_side_pa) * entering + (
            m.outlet_side_pa - m.outlet.pressure_pa
        ) * leaving
        drop_pa = m.inlet.pressure_pa - m.outlet.pressure_pa - lift_pa
        return {
            **_content(m, m.density_kg_per_m3 * entering, m.density_kg_per_m3 * leaving, area_m2 * m.length_m, loss_w),
            "flow_m3_per_s.rate": driving_pa * area_m2 / (m.density_kg_per_m3 * m.length_m),
            "inlet_side_pa.rate": (entering - middle) / half_m3_per_pa,
            "outlet_side_pa.rate": (middle - leaving) / half_m3_per_pa,
            "extra_loss_ratio.features": (drop_pa / constants.COEFFICIENT_PRESSURE_PA,),
            "velocity_m_per_s": middle / area_m2,
            "drop_pa": drop_pa,
            "loss_w": loss_w,
            "elevation_w": -lift_pa * middle,
            "spring_w": -stored_w,
        }


def _ends_m3_per_s(m: SimpleNamespace, area_m2: Any) -> tuple[Any, Any]:
    """Flows through the ends, each against the friction of half the pipe."""
    drops_pa = (m.inlet.pressure_pa - m.inlet_side_pa, m.outlet_side_pa - m.outlet.pressure_pa)
    wall = (m.diameter_m, m.roughness_m, m.kinematic_viscosity_m2_per_s, m.density_kg_per_m3)
    entering, leaving = (
        area_m2 * darcy_weisbach.velocity_m_per_s(drop_pa, m.length_m / 2, *wall) / sp.sqrt(1 + m.extra_loss_ratio)
        for drop_pa in drops_pa
    )
    return entering, leaving


def _content(m: SimpleNamespace, entering: Any, leaving: Any, volume_m3: Any, loss_w: Any) -> dict[str, Any]:
    """Mass flows at the ends and the heat of the content."""
    here = convection.enthalpy_j_per_kg(m.temperature_k, m.specific_heat_j_per_kg_k)
    entering_w = convection.enthalpy_flow_w(entering, m.inlet.enthalpy_j_per_kg, here)
    leaving_w = convection.enthalpy_flow_w(leaving, here, m.outlet.enthalpy_j_per_kg)
    gained_w = entering_w - leaving_w + loss_w
    capacity_j_per_k = m.density_kg_per_m3 * volume_m3 * m.specific_heat_j_per_kg_k
    return {
        "inlet.mass_flow_kg_per_s": entering,
        "outlet.mass_flow_kg_per_s": -leaving,
        "inlet.enthalpy_flow_w": entering_w,
        "outlet.enthalpy_flow_w": -leaving_w,
        "temperature_k.rate": (gained_w - here * (entering - leaving)) / capacity_j_per_k,
        "stored_w": gained_w,
    }
