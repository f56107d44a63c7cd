"""Resistor that warms: a brake resistor, a heating cable, or the resistance of a line.

Equations  i = (V_a - V_b) / R        R = R_0 [1 + α (T - T_0)]        C dT/dt = R i² - G (T - T_amb) + heat
Symbols    i current from a to b, V voltages, R resistance, R_0 that at T_0 = 20 °C, α temperature coefficient, T
           temperature, C heat capacity, G cooling to the ambient T_amb
Source     Ohm (1827), Joule (1841); IEC 60115 for α
Valid      R > 0: T above T_0 - 1 / α
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, parameter
from physics.laws import constants


class Resistor(Component):
    """Two terminals and a body."""

    name = "resistor"
    a = Port("electrical", "one terminal")
    b = Port("electrical", "other terminal")
    heat = Port("thermal", "body")
    resistance_ohm = parameter("ohm", "Resistance R_0 at 20 °C", default=10.0, low=1e-9)
    temperature_coefficient_per_k = parameter("1/K", "Temperature coefficient α", default=1e-4, low=-1e-3, high=1e-2)
    heat_capacity_j_per_k = parameter("J/K", "Heat capacity C", default=200.0, low=1e-3)
    cooling_w_per_k = parameter("W/K", "Cooling G to the ambient", default=1.0, low=0.0)
    ambient_k = parameter("K", "Ambient temperature T_amb", default=293.15, low=230.0, high=400.0)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Conduct and warm."""
        warm_k = m.heat.temperature_k - constants.ROOM_K
        resistance_ohm = m.resistance_ohm * (1 + m.temperature_coefficient_per_k * warm_k)
        drop_v = m.a.voltage_v - m.b.voltage_v
        current_a = drop_v / resistance_ohm
        cooled_w = m.cooling_w_per_k * (m.heat.temperature_k - m.ambient_k)
        return {
            "a.current_a": current_a,
            "b.current_a": -current_a,
            "heat.heat_flow_w": cooled_w - drop_v * current_a,
            "heat.storage": m.heat_capacity_j_per_k,
            "current_a": current_a,
            "power_w": drop_v * current_a,
            "lost_w": cooled_w,
        }
