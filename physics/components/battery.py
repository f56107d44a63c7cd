"""Lithium-ion battery: open-circuit voltage over charge, inner resistance with one relaxation, fading capacity.

Equations  V = E(z) + u_0 + u_1        E = N V_c [1 + e(z)]        dz/dt = i / [Q (1 - 0.2 a)]
           τ_0 du_0/dt = R_0 i - u_0        τ_1 du_1/dt = R_1 i - u_1        R_0 = (1 + x) R_n (1 + k_R a)
           C dT/dt = u_0² / R_0 + u_1² / R_1 - G (T - T_a) + heat
           da/dt = [1 / L + |i| / (2 Q N_c)] exp[B (1 / T_ref - 1 / T)]
           3.685 e = -1.031 exp(-35 z) + 0.2156 z - 0.1178 z² + 0.3201 z³
Symbols    V terminal voltage, i charging current, E open-circuit voltage, z state of charge, N cells in series, V_c
           voltage scale of a cell, u_0 and u_1 fast and slow voltage drop, R_0 and τ_0 fast resistance and time
           (double layer, milliseconds), R_1 and τ_1 slow resistance and time (diffusion), Q capacity when new, a used
           life (1: 80 % of the capacity is left), k_R growth of resistance, L calendar life, N_c full cycles of life,
           B activation energy over Boltzmann's constant, T temperature, G cooling, T_a ambient, x learned extra
           resistance
Source     Chen, Rincón-Mora (2006), doi:10.1109/TEC.2006.874229, equation 2 and figure 2; ageing by throughput and
           heat: Wang et al. (2011), doi:10.1016/j.jpowsour.2010.11.134, with its exponent of throughput taken as 1;
           x falls with the temperature, as ions move faster: Waag, Käbitz, Sauer (2013),
           doi:10.1016/j.apenergy.2012.09.030
Valid      0.02 <= z <= 1 (its management must stop the current outside), above 0 °C; join two in parallel by resistors
"""

from types import SimpleNamespace
from typing import Any

import sympy as sp

from physics.contract import Component, Correction, Failure, Port, Trend, parameter, state
from physics.laws import arrhenius, constants, smooth

FADED_RATIO = 0.2
"""Share of the capacity that is gone at the end of life, as makers quote cycles."""


class Battery(Component):
    """Pack of cells in series."""

    name = "battery"
    critical = True
    plus = Port("electrical", "positive terminal; the negative one is ground", fixes=True)
    heat = Port("thermal", "cells")
    cells_count = parameter("1", "Cells in series N", default=13.0, low=1.0)
    cell_voltage_v = parameter("V", "Voltage scale V_c of a cell", default=3.685, low=0.1)
    capacity_a_s = parameter("A*s", "Capacity Q when new", default=72_000.0, low=1e-3)
    resistance_ohm = parameter("ohm", "Fast resistance R_n of the pack when new", default=0.05, low=1e-9)
    fast_time_s = parameter("s", "Time τ_0 in which the fast drop builds up", default=0.01, low=1e-4)
    relaxation_ohm = parameter("ohm", "Slow resistance R_1", default=0.03, low=1e-9)
    relaxation_time_s = parameter("s", "Time τ_1 in which the slow drop builds up", default=60.0, low=1e-3)
    resistance_growth_ratio = parameter("1", "Growth k_R of the resistance over the life", default=0.5, low=0.0)
    current_nominal_a = parameter("A", "Nominal current", default=20.0, low=1e-6)
    heat_capacity_j_per_k = parameter("J/K", "Heat capacity C", default=4000.0, low=1e-3)
    cooling_w_per_k = parameter("W/K", "Cooling G to the ambient", default=2.0, low=0.0)
    ambient_k = parameter("K", "Ambient temperature T_a", default=293.15, low=230.0, high=400.0)
    calendar_life_s = parameter("s", "Calendar life L at the reference temperature", default=4.7e8, low=1.0)
    cycles_count = parameter("1", "Full cycles N_c of life at the reference temperature", default=2000.0, low=1.0)
    reference_k = parameter("K", "Reference temperature", default=298.15, low=250.0)
    activation_k = parameter("K", "Activation energy over Boltzmann's constant, B", default=3800.0, low=0.0)
    charge_ratio = state("1", "State of charge z", default=0.5, low=0.0, high=1.0)
    fast_v = state("V", "Fast voltage drop u_0", nominal=1.0)
    relaxation_v = state("V", "Slow voltage drop u_1", nominal=1.0)
    fade_ratio = state("1", "Used life a; 1 leaves 80 % of the capacity", low=0.0, slow=True)
    extra_resistance_ratio = Correction(
        "1", "Resistance that the law misses, x", low=-0.5, high=1.0, trends=(Trend.FREE, Trend.FALLS)
    )
    failures = (Failure("capacity faded", when="fade_ratio", limit=1.0, action="replace battery"),)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Give and take charge."""
        current_a, temperature_k = m.plus.current_a, m.heat.temperature_k
        open_v = m.cells_count * m.cell_voltage_v * (1 + _charge_curve(m.charge_ratio))
        fast_ohm = m.resistance_ohm * (1 + m.resistance_growth_ratio * m.fade_ratio) * (1 + m.extra_resistance_ratio)
        voltage_v = open_v + m.fast_v + m.relaxation_v
        loss_w = m.fast_v**2 / fast_ohm + m.relaxation_v**2 / m.relaxation_ohm
        cooled_w = m.cooling_w_per_k * (temperature_k - m.ambient_k)
        resting = arrhenius.ageing_rate_per_s(m.calendar_life_s, m.activation_k, m.reference_k, temperature_k)
        size_a = current_a * smooth.sign(current_a, constants.STILL_RATIO * m.current_nominal_a)
        used = size_a * m.calendar_life_s / (2 * m.capacity_a_s * m.cycles_count)
        return {
            "plus.voltage_v": voltage_v,
            "heat.heat_flow_w": cooled_w - loss_w,
            "heat.storage": m.heat_capacity_j_per_k,
            "charge_ratio.rate": current_a / (m.capacity_a_s * (1 - FADED_RATIO * m.fade_ratio)),
            "fast_v.rate": (fast_ohm * current_a - m.fast_v) / m.fast_time_s,
            "relaxation_v.rate": (m.relaxation_ohm * current_a - m.relaxation_v) / m.relaxation_time_s,
            "fade_ratio.rate": resting * (1 + used),
            "extra_resistance_ratio.features": (
                2 * m.charge_ratio - 1,
                (temperature_k - constants.ROOM_K) / constants.WARM_SPAN_K,
            ),
            "open_circuit_v": open_v,
            "charging_a": current_a,
            "power_w": -voltage_v * current_a,
            "loss_w": loss_w,
            "stored_w": voltage_v * current_a - loss_w,
            "lost_w": cooled_w,
        }


def _charge_curve(z: Any) -> Any:
    """How far a cell's open-circuit voltage lies from its scale, over that scale."""
    return (-1.031 * sp.exp(-35 * z) + 0.2156 * z - 0.1178 * z**2 + 0.3201 * z**3) / 3.685
