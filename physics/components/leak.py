"""A leak to the open air.

Equations  Q = (1 + x) C A sign(p - p_atm) sqrt(2 |p - p_atm| / ρ)
Symbols    Q volume flow lost, C discharge coefficient, A area of the leak, p pressure inside, x learned extra leak
Source     physics/laws/torricelli.py; x rises with the pressure inside, which opens cracks: May (1994), Pressure
           dependent leakage; van Zyl, Clayton (2007), doi:10.1680/wama.2007.160.2.109
Valid      a sharp-edged hole; air that is drawn in at under-pressure counts as water
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Correction, Port, Trend, parameter
from physics.laws import constants, torricelli


class Leak(Component):
    """A hole in a wall; none by default, a fit or a what-if opens it."""

    name = "leak"
    inlet = Port("liquid", "where the wall is broken")
    area_m2 = parameter("m**2", "Area A of the leak", default=0.0, low=0.0)
    discharge_ratio = parameter("1", "Discharge coefficient C", default=0.62, low=0.0, high=1.0)
    density_kg_per_m3 = parameter("kg/m**3", "Density ρ", default=998.2, low=1.0)
    extra_leak_ratio = Correction("1", "Leak that the law misses, x", low=-0.9, high=0.9, trends=(Trend.RISES,))

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Lose water to the atmosphere."""
        excess_pa = m.inlet.pressure_pa - constants.ATMOSPHERE_PA
        ideal = torricelli.flow_m3_per_s(
            m.discharge_ratio, m.area_m2, excess_pa, m.density_kg_per_m3, constants.STILL_PRESSURE_PA
        )
        flow_m3_per_s = ideal * (1 + m.extra_leak_ratio)
        mass_flow_kg_per_s = m.density_kg_per_m3 * flow_m3_per_s
        carried_w = mass_flow_kg_per_s * m.inlet.enthalpy_j_per_kg
        return {
            "inlet.mass_flow_kg_per_s": mass_flow_kg_per_s,
            "inlet.enthalpy_flow_w": carried_w,
            "extra_leak_ratio.features": (excess_pa / constants.COEFFICIENT_PRESSURE_PA,),
            "flow_m3_per_s": flow_m3_per_s,
            "supplied_w": -constants.ATMOSPHERE_PA * flow_m3_per_s,
            "lost_w": carried_w + excess_pa * flow_m3_per_s,
        }
