"""A leak of gas to the atmosphere.

Equations  m = (1 + x) C ρ_0 p sqrt(T_0 / T) ω(p_atm / p)        C and b of an ideal nozzle of area C_d A
Symbols    m mass flow lost, C sonic conductance, ω ISO 6358's ellipse, p and T inside, A area of the leak, C_d
           discharge coefficient, x learned extra leak
Source     physics/laws/choked.py; x rises with the pressure inside, which opens cracks, as in leak.py
Valid      a sharp-edged hole; air that is drawn in at under-pressure comes at the temperature inside
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Correction, Port, Trend, parameter
from physics.laws import choked, constants, ideal_gas


class GasLeak(Component):
    """A hole in a wall or a loose joint; none by default, a fit or a what-if opens it."""

    name = "gas_leak"
    inlet = Port("gas", "where it leaks")
    area_m2 = parameter("m**2", "Area A of the leak", default=0.0, low=0.0)
    discharge_ratio = parameter("1", "Discharge coefficient C_d", default=0.65, low=0.0, high=1.0)
    gas_constant_j_per_kg_k = parameter("J/(kg*K)", "Gas constant R", default=287.05, low=10.0)
    heat_ratio = parameter("1", "Heat capacity ratio κ", default=1.4, low=1.01, high=1.67)
    extra_leak_ratio = Correction("1", "Leak that the law misses, x", low=-0.9, high=0.9, trends=(Trend.RISES,))

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Lose gas to the atmosphere."""
        conductance = choked.conductance_of_hole(m.area_m2, m.discharge_ratio, m.heat_ratio, m.gas_constant_j_per_kg_k)
        inside_k = ideal_gas.temperature_k(m.inlet.enthalpy_j_per_kg, m.gas_constant_j_per_kg_k, m.heat_ratio)
        mass_flow_kg_per_s = choked.mass_flow_kg_per_s(
            conductance * (1 + m.extra_leak_ratio),
            choked.critical_ratio(m.heat_ratio),
            m.inlet.pressure_pa,
            constants.ATMOSPHERE_PA,
            inside_k,
            inside_k,
        )
        carried_w = mass_flow_kg_per_s * m.inlet.enthalpy_j_per_kg
        excess_pa = m.inlet.pressure_pa - constants.ATMOSPHERE_PA
        return {
            "inlet.mass_flow_kg_per_s": mass_flow_kg_per_s,
            "inlet.enthalpy_flow_w": carried_w,
            "extra_leak_ratio.features": (excess_pa / constants.COEFFICIENT_PRESSURE_PA,),
            "mass_flow_kg_per_s": mass_flow_kg_per_s,
            "lost_w": carried_w,
        }
