"""A large body of gas: mains of compressed air, or the atmosphere.

Equations  p = p_0        h = c_p (T_0 - 273.15 K)
Symbols    p absolute pressure, h specific enthalpy, c_p = κ R / (κ - 1) specific heat, p_0 and T_0 set from outside
Source     boundary condition
Valid      always
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import ATMOSPHERE_PA, Component, Port, drive, parameter
from physics.laws import ideal_gas


class GasSource(Component):
    """Mains or atmosphere."""

    name = "gas_source"
    outlet = Port("gas", "where the gas is taken or taken back", fixes=True)
    pressure_pa = drive("Pa", "Absolute pressure p_0", default=ATMOSPHERE_PA, low=1.0)
    temperature_k = drive("K", "Temperature T_0 of what flows out", default=293.15, low=150.0, high=1000.0)
    gas_constant_j_per_kg_k = parameter("J/(kg*K)", "Gas constant R", default=287.05, low=10.0)
    heat_ratio = parameter("1", "Heat capacity ratio κ", default=1.4, low=1.01, high=1.67)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Fix pressure and enthalpy."""
        return {
            "outlet.pressure_pa": m.pressure_pa,
            "outlet.enthalpy_j_per_kg": ideal_gas.enthalpy_j_per_kg(
                m.temperature_k, m.gas_constant_j_per_kg_k, m.heat_ratio
            ),
            "delivered_kg_per_s": -m.outlet.mass_flow_kg_per_s,
        }
