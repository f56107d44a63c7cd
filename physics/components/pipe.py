"""Straight full pipe, laminar to rough.

Equations  Q = A v(Δp - ρ g z) / sqrt(1 + x)        m = ρ Q
Symbols    Q volume flow, A cross section, v mean velocity, Δp pressure drop, z rise to the outlet, x learned extra
           loss
Source     physics/laws/darcy_weisbach.py
Valid      incompressible, fully developed, no inertia: pressure waves and start-up of the column are not resolved
"""

from types import SimpleNamespace
from typing import Any

import sympy as sp

from physics.contract import Component, Correction, Port, parameter
from physics.laws import constants, convection, darcy_weisbach


class Pipe(Component):
    """A pipe run; bends are given as equivalent length."""

    name = "pipe"
    inlet = Port("liquid", "inlet")
    outlet = Port("liquid", "outlet")
    length_m = parameter("m", "Length, bends as equivalent length", default=10.0, low=1e-3)
    diameter_m = parameter("m", "Inner diameter", default=0.05, low=1e-4)
    roughness_m = parameter("m", "Wall roughness", default=5e-5, low=0.0)
    rise_m = parameter("m", "Height of the outlet over the inlet, z", default=0.0)
    density_kg_per_m3 = parameter("kg/m**3", "Density ρ", default=998.2, low=1.0)
    kinematic_viscosity_m2_per_s = parameter("m**2/s", "Kinematic viscosity", default=1.0e-6, low=1e-8)
    extra_loss_ratio = Correction("1", "Pressure loss that the law misses, x", low=-0.5, high=1.0)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Let water through against wall friction."""
        lift_pa = m.density_kg_per_m3 * constants.GRAVITY_M_PER_S2 * m.rise_m
        drop_pa = m.inlet.pressure_pa - m.outlet.pressure_pa - lift_pa
        velocity_m_per_s = darcy_weisbach.velocity_m_per_s(
            drop_pa, m.length_m, m.diameter_m, m.roughness_m, m.kinematic_viscosity_m2_per_s, m.density_kg_per_m3
        ) / sp.sqrt(1 + m.extra_loss_ratio)
        flow_m3_per_s = sp.pi / 4 * m.diameter_m**2 * velocity_m_per_s
        loss_w = drop_pa * flow_m3_per_s
        return {
            **convection.passage(m, m.density_kg_per_m3 * flow_m3_per_s, loss_w),
            "extra_loss_ratio.features": (drop_pa / constants.COEFFICIENT_PRESSURE_PA,),
            "flow_m3_per_s": flow_m3_per_s,
            "velocity_m_per_s": velocity_m_per_s,
            "loss_w": loss_w,
            "elevation_w": -lift_pa * flow_m3_per_s,
        }
