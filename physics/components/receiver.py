"""Receiver: a vessel of gas, filled and emptied; its gas warms and cools on the way.

Equations  M = p V / (R T)        V c_v / R dp/dt = Σ H + Q + c_p T_i Σ m        M c_v dT/dt = Σ H + Q - u Σ m
           u = c_v T - c_p T_i        Q = heat through the wall - G (T - T_a)
Symbols    p absolute pressure, T temperature, M mass of gas, V volume, m and H mass and enthalpy flows in, u specific
           inner energy, c_p and c_v = c_p / κ specific heats, R gas constant, T_i = 273.15 K where enthalpy is zero,
           G wall conductance, T_a ambient
Source     mass and energy balance of an open system; physics/laws/ideal_gas.py
Valid      mixed at once; p > 0; the wall's own heat capacity is left to a part joined to it
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, parameter, state
from physics.laws import constants, ideal_gas


class Receiver(Component):
    """Vessel for compressed air."""

    name = "receiver"
    tap = Port("gas", "all that fills and empties it", fixes=True)
    wall = Port("thermal", "heat brought to the gas through the wall", fixes=True)
    volume_m3 = parameter("m**3", "Volume V", default=0.5, low=1e-6)
    loss_w_per_k = parameter("W/K", "Heat loss G of the wall", default=5.0, low=0.0)
    ambient_k = parameter("K", "Temperature T_a around it", default=293.15, low=200.0, high=400.0)
    gas_constant_j_per_kg_k = parameter("J/(kg*K)", "Gas constant R", default=287.05, low=10.0)
    heat_ratio = parameter("1", "Heat capacity ratio κ", default=1.4, low=1.01, high=1.67)
    pressure_pa = state("Pa", "Absolute pressure p", default=constants.ATMOSPHERE_PA, low=0.0, nominal=1e5)
    temperature_k = state("K", "Temperature T of the gas", default=293.15, nominal=300.0)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Balance mass and energy."""
        cp_j_per_kg_k = ideal_gas.specific_heat_j_per_kg_k(m.gas_constant_j_per_kg_k, m.heat_ratio)
        cv_j_per_kg_k = cp_j_per_kg_k / m.heat_ratio
        mass_kg = m.pressure_pa * m.volume_m3 / (m.gas_constant_j_per_kg_k * m.temperature_k)
        loss_w = m.loss_w_per_k * (m.temperature_k - m.ambient_k)
        gained_w = m.tap.enthalpy_flow_w + m.wall.heat_flow_w - loss_w
        zero_j_per_kg = cp_j_per_kg_k * constants.ICE_POINT_K
        inner_j_per_kg = cv_j_per_kg_k * m.temperature_k - zero_j_per_kg
        swelling_w = gained_w + zero_j_per_kg * m.tap.mass_flow_kg_per_s
        warming_w = gained_w - inner_j_per_kg * m.tap.mass_flow_kg_per_s
        return {
            "tap.pressure_pa": m.pressure_pa,
            "tap.enthalpy_j_per_kg": ideal_gas.enthalpy_j_per_kg(
                m.temperature_k, m.gas_constant_j_per_kg_k, m.heat_ratio
            ),
            "wall.temperature_k": m.temperature_k,
            "pressure_pa.rate": m.gas_constant_j_per_kg_k / (m.volume_m3 * cv_j_per_kg_k) * swelling_w,
            "temperature_k.rate": warming_w / (mass_kg * cv_j_per_kg_k),
            "mass_kg": mass_kg,
            "stored_w": gained_w,
            "lost_w": loss_w,
        }
