"""Orifice or drain hole between two places.

Equations  Q = (1 + x) C A sign(Δp) sqrt(2 |Δp| / ρ)        m = ρ Q
Symbols    Q volume flow, C discharge coefficient, A area, Δp pressure drop, x learned extra flow
Source     physics/laws/torricelli.py
Valid      turbulent; linear below the width
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Correction, Port, parameter
from physics.laws import constants, convection, torricelli


class Orifice(Component):
    """A hole that water runs through."""

    name = "orifice"
    inlet = Port("liquid", "upstream side")
    outlet = Port("liquid", "downstream side")
    area_m2 = parameter("m**2", "Opening A", default=1e-4, low=0.0)
    discharge_ratio = parameter("1", "Discharge coefficient C", default=0.62, low=0.0, high=1.0)
    width_pa = parameter("Pa", "Pressure drop below which the law is linear", default=5.0, low=1e-3)
    density_kg_per_m3 = parameter("kg/m**3", "Density ρ", default=998.2, low=1.0)
    head_scale_m = parameter("m", "Head that counts as one for the learned part", default=0.5, low=1e-4)
    extra_outflow_ratio = Correction("1", "Flow that the law misses, x", low=-0.5, high=0.5)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Let water through in the direction of falling pressure."""
        drop_pa = m.inlet.pressure_pa - m.outlet.pressure_pa
        ideal = torricelli.flow_m3_per_s(m.discharge_ratio, m.area_m2, drop_pa, m.density_kg_per_m3, m.width_pa)
        flow_m3_per_s = ideal * (1 + m.extra_outflow_ratio)
        loss_w = drop_pa * flow_m3_per_s
        scale_pa = m.density_kg_per_m3 * constants.GRAVITY_M_PER_S2 * m.head_scale_m
        return {
            **convection.passage(m, m.density_kg_per_m3 * flow_m3_per_s, loss_w),
            "extra_outflow_ratio.features": (drop_pa / scale_pa,),
            "flow_m3_per_s": flow_m3_per_s,
            "loss_w": loss_w,
        }
