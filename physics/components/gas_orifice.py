"""Orifice for gas: a bore that chokes.

Equations  m = (1 + x) C ρ_0 p_up sqrt(T_0 / T_up) ω(p_dn / p_up)        C and b of an ideal nozzle of area C_d A
Symbols    m mass flow, C sonic conductance, ω ISO 6358's ellipse, b critical pressure ratio, A area, C_d discharge
           coefficient, x learned extra flow
Source     physics/laws/choked.py
Valid      ideal gas, throttled without exchange of heat; C_d of a sharp edge grows from 0.6 to 0.85 as it chokes: one
           number stands for the range in use (Perry, J. H. (1949), Trans. ASME 71, 757)
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Correction, Port, parameter
from physics.laws import choked, constants, convection, ideal_gas


class GasOrifice(Component):
    """A bore that gas runs through."""

    name = "gas_orifice"
    inlet = Port("gas", "upstream side")
    outlet = Port("gas", "downstream side")
    area_m2 = parameter("m**2", "Area A", default=1e-5, low=0.0)
    discharge_ratio = parameter("1", "Discharge coefficient C_d", default=0.8, low=0.0, high=1.0)
    gas_constant_j_per_kg_k = parameter("J/(kg*K)", "Gas constant R", default=287.05, low=10.0)
    heat_ratio = parameter("1", "Heat capacity ratio κ", default=1.4, low=1.01, high=1.67)
    extra_flow_ratio = Correction("1", "Flow that the law misses, x", low=-0.5, high=0.5)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Let gas through in the direction of falling pressure."""
        conductance = choked.conductance_of_hole(m.area_m2, m.discharge_ratio, m.heat_ratio, m.gas_constant_j_per_kg_k)
        inlet_k = ideal_gas.temperature_k(m.inlet.enthalpy_j_per_kg, m.gas_constant_j_per_kg_k, m.heat_ratio)
        outlet_k = ideal_gas.temperature_k(m.outlet.enthalpy_j_per_kg, m.gas_constant_j_per_kg_k, m.heat_ratio)
        mass_flow_kg_per_s = choked.mass_flow_kg_per_s(
            conductance * (1 + m.extra_flow_ratio),
            choked.critical_ratio(m.heat_ratio),
            m.inlet.pressure_pa,
            m.outlet.pressure_pa,
            inlet_k,
            outlet_k,
        )
        drop_pa = m.inlet.pressure_pa - m.outlet.pressure_pa
        return {
            **convection.passage(m, mass_flow_kg_per_s, still_kg_per_s=constants.STILL_GAS_KG_PER_S),
            "extra_flow_ratio.features": (drop_pa / constants.COEFFICIENT_PRESSURE_PA,),
            "mass_flow_kg_per_s": mass_flow_kg_per_s,
            "drop_pa": drop_pa,
        }
