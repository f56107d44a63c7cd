"""Water main by Hazen and Williams; its bore grows rough with age.

Equations  Q = A v(Δp - ρ g z) / (1 + x)^0.54        C = C_0 (1 - w)        dw/dt = 1 / T_w
Symbols    Q volume flow, A cross section, v mean velocity, Δp pressure drop, z rise to the outlet, C roughness
           coefficient, C_0 new, w share of C lost to crust, T_w time in which all would be lost, x learned extra loss
Source     physics/laws/hazen_williams.py; loss of C in proportion to age: Colebrook, White (1937), J. Inst. Civ. Eng. 7
Valid      cold water in mains above 50 mm, no inertia; w stays well below 1: the pipe is relined before
"""

from types import SimpleNamespace
from typing import Any

import sympy as sp

from physics.contract import Component, Correction, Failure, Port, parameter, state
from physics.laws import constants, convection, hazen_williams


class HazenWilliamsPipe(Component):
    """A main of a water network; bends are given as equivalent length."""

    name = "hazen_williams_pipe"
    inlet = Port("liquid", "inlet")
    outlet = Port("liquid", "outlet")
    length_m = parameter("m", "Length, bends as equivalent length", default=100.0, low=1e-3)
    diameter_m = parameter("m", "Inner diameter", default=0.15, low=1e-3)
    coefficient_ratio = parameter("1", "Roughness coefficient C_0 when new", default=130.0, low=10.0, high=200.0)
    rise_m = parameter("m", "Height of the outlet over the inlet, z", default=0.0)
    ageing_per_s = parameter("1/s", "Share of C lost per second, 1 / T_w", default=0.0, low=0.0)
    density_kg_per_m3 = parameter("kg/m**3", "Density ρ", default=998.2, low=1.0)
    crust_ratio = state("1", "Share w of C that crust has cost", low=0.0, high=0.9, slow=True, nominal=0.1)
    extra_loss_ratio = Correction("1", "Pressure loss that the law misses, x", low=-0.5, high=1.0)
    failures = (Failure("crusted", when="crust_ratio", limit=0.4, action="reline"),)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Let water through against wall friction."""
        lift_pa = m.density_kg_per_m3 * constants.GRAVITY_M_PER_S2 * m.rise_m
        drop_pa = m.inlet.pressure_pa - m.outlet.pressure_pa - lift_pa
        coefficient = m.coefficient_ratio * (1 - m.crust_ratio)
        velocity_m_per_s = hazen_williams.velocity_m_per_s(
            drop_pa, m.length_m, m.diameter_m, coefficient, m.density_kg_per_m3
        ) / (1 + m.extra_loss_ratio) ** sp.Float(hazen_williams.SLOPE_EXPONENT)
        flow_m3_per_s = sp.pi / 4 * m.diameter_m**2 * velocity_m_per_s
        loss_w = drop_pa * flow_m3_per_s
        return {
            **convection.passage(m, m.density_kg_per_m3 * flow_m3_per_s, loss_w),
            "crust_ratio.rate": m.ageing_per_s,
            "extra_loss_ratio.features": (drop_pa / constants.COEFFICIENT_PRESSURE_PA,),
            "flow_m3_per_s": flow_m3_per_s,
            "velocity_m_per_s": velocity_m_per_s,
            "loss_w": loss_w,
            "elevation_w": -lift_pa * flow_m3_per_s,
        }
