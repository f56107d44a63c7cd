"""Receiver: a vessel of gas, filled and emptied; its gas warms and cools on the way.

Equations  V / (R T_20) dp_c/dt = Σ m        V / (κ - 1) d(p_c + p_w)/dt = Σ H + Q + c_p T_i Σ m
           p = p_c + p_w        T = T_20 p / p_c        M = p_c V / (R T_20)
           Q = heat through the wall - G (T - T_a)
Symbols    p absolute pressure, p_c the pressure that the gas would have at T_20 = 20 °C, p_w what warmth adds, T
           temperature, M mass of gas, V volume, m and H mass and enthalpy flows in, R gas constant, κ heat capacity
           ratio, T_i = 273.15 K where enthalpy is zero, G wall conductance, T_a ambient
Source     mass and energy balance of an open system; physics/laws/ideal_gas.py. Mass is in proportion to p_c and inner
           energy to p, so that the integrator keeps mass to the last digit
Valid      mixed at once; p_c > 0; the wall's own heat capacity is left to a part joined to it
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, parameter, state
from physics.laws import constants, ideal_gas


class Receiver(Component):
    """Vessel for compressed air; `cold_pressure_pa` alone starts it at 20 °C."""

    name = "receiver"
    tap = Port("gas", "all that fills and empties it", fixes=True)
    wall = Port("thermal", "heat brought to the gas through the wall", fixes=True)
    volume_m3 = parameter("m**3", "Volume V", default=0.5, low=1e-6)
    loss_w_per_k = parameter("W/K", "Heat loss G of the wall", default=5.0, low=0.0)
    ambient_k = parameter("K", "Temperature T_a around it", default=293.15, low=200.0, high=400.0)
    gas_constant_j_per_kg_k = parameter("J/(kg*K)", "Gas constant R", default=287.05, low=10.0)
    heat_ratio = parameter("1", "Heat capacity ratio κ", default=1.4, low=1.01, high=1.67)
    cold_pressure_pa = state(
        "Pa",
        "Absolute pressure p_c that the gas would have at 20 °C",
        default=constants.ATMOSPHERE_PA,
        low=1.0,
        nominal=1e5,
    )
    warm_pressure_pa = state("Pa", "Pressure p_w that warmth adds", nominal=1e4)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Balance mass and energy."""
        pressure_pa = m.cold_pressure_pa + m.warm_pressure_pa
        temperature_k = constants.ROOM_K * pressure_pa / m.cold_pressure_pa
        loss_w = m.loss_w_per_k * (temperature_k - m.ambient_k)
        gained_w = m.tap.enthalpy_flow_w + m.wall.heat_flow_w - loss_w
        cp_j_per_kg_k = ideal_gas.specific_heat_j_per_kg_k(m.gas_constant_j_per_kg_k, m.heat_ratio)
        above_zero_w = gained_w + cp_j_per_kg_k * constants.ICE_POINT_K * m.tap.mass_flow_kg_per_s
        cold_j_per_kg = m.gas_constant_j_per_kg_k * constants.ROOM_K
        filling_pa_per_s = cold_j_per_kg / m.volume_m3 * m.tap.mass_flow_kg_per_s
        return {
            "tap.pressure_pa": pressure_pa,
            "tap.enthalpy_j_per_kg": cp_j_per_kg_k * (temperature_k - constants.ICE_POINT_K),
            "wall.temperature_k": temperature_k,
            "cold_pressure_pa.rate": filling_pa_per_s,
            "warm_pressure_pa.rate": (m.heat_ratio - 1) / m.volume_m3 * above_zero_w - filling_pa_per_s,
            "pressure_pa": pressure_pa,
            "temperature_k": temperature_k,
            "mass_kg": m.cold_pressure_pa * m.volume_m3 / cold_j_per_kg,
            "stored_w": gained_w,
            "lost_w": loss_w,
        }
