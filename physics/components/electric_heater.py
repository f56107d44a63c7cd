"""Electric heating element on a power controller, whose wire ages.

Equations  P = (1 + x) u V² / R        R = R_0 [1 + α (T - T_0)] (1 + k_R a)        C dT/dt = P + heat
           u = clip(command, 0, 1)        da/dt = arrhenius(T)
Symbols    P power, u share of time that the controller conducts, V voltage (RMS; line-to-line where three-phase and
           joined in star), R resistance, R_0 that at T_0 = 20 °C, α temperature coefficient, T element temperature,
           a used life, k_R growth of the resistance over the life, x learned extra conductance
Source     Joule (1841); burst firing: mean power in proportion to u; life of wires: physics/laws/arrhenius.py
Valid      controller periods far shorter than the element's C R_th
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Correction, Failure, Port, parameter, state
from physics.laws import arrhenius, constants, smooth


class ElectricHeater(Component):
    """Heating element with its thyristor controller."""

    name = "electric_heater"
    plus = Port("electrical", "supply; the return is ground")
    heat = Port("thermal", "element")
    command = Port("signal", "wanted share of full power, 0 to 1")
    resistance_ohm = parameter("ohm", "Resistance R_0 at 20 °C", default=26.0, low=1e-6)
    temperature_coefficient_per_k = parameter("1/K", "Temperature coefficient α", default=1e-4, low=0.0, high=1e-2)
    heat_capacity_j_per_k = parameter("J/K", "Heat capacity C of the element", default=500.0, low=1e-3)
    life_s = parameter("s", "Life at the rated temperature", default=3.6e7, low=1.0)
    rated_k = parameter("K", "Rated element temperature", default=1173.15, low=300.0)
    activation_k = parameter("K", "Activation energy over Boltzmann's constant", default=2.5e4, low=0.0)
    growth_ratio = parameter("1", "Growth k_R of the resistance over the life", default=0.1, low=0.0)
    element_wear_ratio = state("1", "Used life a", low=0.0, slow=True)
    extra_power_ratio = Correction("1", "Power that the law misses, x", low=-0.3, high=0.3)
    failures = (Failure("element burnt out", when="element_wear_ratio", limit=1.0, action="replace element"),)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Heat."""
        share = smooth.clip(m.command.value, 0, 1, constants.END_RATIO)
        warm_k = m.heat.temperature_k - constants.ROOM_K
        aged = 1 + m.growth_ratio * m.element_wear_ratio
        resistance_ohm = m.resistance_ohm * (1 + m.temperature_coefficient_per_k * warm_k) * aged
        current_a = share * m.plus.voltage_v / resistance_ohm * (1 + m.extra_power_ratio)
        power_w = m.plus.voltage_v * current_a
        return {
            "plus.current_a": current_a,
            "heat.heat_flow_w": -power_w,
            "heat.storage": m.heat_capacity_j_per_k,
            "element_wear_ratio.rate": arrhenius.ageing_rate_per_s(
                m.life_s, m.activation_k, m.rated_k, m.heat.temperature_k
            ),
            "extra_power_ratio.features": (2 * share - 1, warm_k / m.rated_k),
            "current_a": current_a,
            "power_w": power_w,
        }
