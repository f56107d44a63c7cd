"""A large body of liquid: pressure and temperature do not care what flows.

Equations  p = p_0        h = c (T_0 - 273.15 K)
Symbols    p pressure, h specific enthalpy, c specific heat, p_0 and T_0 set from outside
Source     boundary condition
Valid      always
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import ATMOSPHERE_PA, Component, Port, drive, parameter
from physics.laws import convection


class Reservoir(Component):
    """Mains, sump or atmosphere with water."""

    name = "reservoir"
    outlet = Port("liquid", "where the liquid is taken or taken back", fixes=True)
    pressure_pa = drive("Pa", "Absolute pressure p_0", default=ATMOSPHERE_PA, low=0.0)
    temperature_k = drive("K", "Temperature T_0 of what flows out", default=293.15, low=230.0, high=500.0)
    specific_heat_j_per_kg_k = parameter("J/(kg*K)", "Specific heat c", default=4182.0, low=100.0)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Fix pressure and enthalpy."""
        return {
            "outlet.pressure_pa": m.pressure_pa,
            "outlet.enthalpy_j_per_kg": convection.enthalpy_j_per_kg(m.temperature_k, m.specific_heat_j_per_kg_k),
        }
