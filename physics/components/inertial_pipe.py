"""Long pipe whose column of liquid takes time to start and to stop.

Equations  (ρ L / A) dQ/dt = Δp - ρ g z - (1 + x) loss(Q / A)        m = ρ Q
Symbols    Q volume flow, A cross section, L length, Δp pressure drop, z rise to the outlet, x learned extra loss
Source     rigid-column theory: Wylie, Streeter (1993), Fluid Transients in Systems, section 5.2; loss:
           physics/laws/darcy_weisbach.py
Valid      incompressible, rigid walls: no waves. Both ends need something that yields, a tank, valve, leak or branch:
           two columns joined end to end alone, or a column and a displacement pump, have one flow between them
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
    density_kg_per_m3 = parameter("kg/m**3", "Density ρ", default=998.2, low=1.0)
    kinematic_viscosity_m2_per_s = parameter("m**2/s", "Kinematic viscosity", default=1.0e-6, low=1e-8)
    flow_m3_per_s = state("m**3/s", "Volume flow Q", nominal=1e-2)
    extra_loss_ratio = Correction("1", "Pressure loss that the law misses, x", low=-0.5, high=1.0)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Speed up the column by what friction leaves of the pressure."""
        area_m2 = sp.pi / 4 * m.diameter_m**2
        velocity_m_per_s = m.flow_m3_per_s / area_m2
        lift_pa = m.density_kg_per_m3 * constants.GRAVITY_M_PER_S2 * m.rise_m
        drop_pa = m.inlet.pressure_pa - m.outlet.pressure_pa - lift_pa
        expected_pa = darcy_weisbach.loss_pa(
            velocity_m_per_s,
            m.length_m,
            m.diameter_m,
            m.roughness_m,
            m.kinematic_viscosity_m2_per_s,
            m.density_kg_per_m3,
        )
        loss_pa = (1 + m.extra_loss_ratio) * expected_pa
        loss_w = loss_pa * m.flow_m3_per_s
        return {
            **convection.passage(m, m.density_kg_per_m3 * m.flow_m3_per_s, loss_w),
            "flow_m3_per_s.rate": (drop_pa - loss_pa) * area_m2 / (m.density_kg_per_m3 * m.length_m),
            "extra_loss_ratio.features": (expected_pa / constants.COEFFICIENT_PRESSURE_PA,),
            "velocity_m_per_s": velocity_m_per_s,
            "drop_pa": drop_pa,
            "loss_w": loss_w,
            "elevation_w": -lift_pa * m.flow_m3_per_s,
            "spring_w": -(drop_pa - loss_pa) * m.flow_m3_per_s,
        }
