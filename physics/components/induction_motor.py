"""Squirrel-cage induction motor on three phases of any voltage and frequency, with slip, heat and ageing.

Equations  T-equivalent circuit (physics/laws/induction.py) at R(T) = R_20 [1 + α (T - T_0)]        i = i_1 + g V
           τ_shaft = τ - (1 + x) b ω        P = V i = τ_shaft ω + loss        C dT/dt = loss - G (T - T_a) + heat
           da/dt = arrhenius(T)
Symbols    V line-to-line RMS voltage, i root 3 times the active part of the line current, i_1 that of the circuit, g
           (1 + x) P_fe / V_n² iron loss conductance, P_fe iron loss at V_n, τ air-gap torque, b drag of bearings and
           fan, ω speed, T winding temperature, G cooling, T_a ambient, a used insulation life, x learned extra loss
Source     Chapman (2012), Electric Machinery Fundamentals, chapter 6 (default values: its example 6-3); IEC 60034-1
Valid      balanced, steady electrical state; iron loss as a resistance at the terminals; rotor bars warm as the stator
"""

from types import SimpleNamespace
from typing import Any

import sympy as sp

from physics.contract import Component, Correction, Failure, Port, parameter, state
from physics.laws import arrhenius, induction, winding


class InductionMotor(Component):
    """Motor for direct start on the grid or behind an inverter."""

    name = "induction_motor"
    critical = True
    line = Port("electrical", "line-to-line RMS voltage; the current carries active power only")
    shaft = Port("rotation", "shaft")
    heat = Port("thermal", "winding and housing")
    frequency = Port("signal", "frequency of the supply", unit="Hz")
    stator_ohm = parameter("ohm", "Stator resistance R_1 per phase of a star, 20 °C", default=0.641, low=1e-6)
    rotor_ohm = parameter("ohm", "Rotor resistance R_2 seen from the stator, 20 °C", default=0.332, low=1e-6)
    stator_leakage_h = parameter("H", "Stator leakage inductance L_1", default=2.934e-3, low=0.0)
    rotor_leakage_h = parameter("H", "Rotor leakage inductance L_2", default=1.231e-3, low=1e-9)
    magnetising_h = parameter("H", "Magnetising inductance L_m", default=69.76e-3, low=1e-9)
    pole_pairs_count = parameter("1", "Pole pairs p", default=2.0, low=1.0)
    voltage_rated_v = parameter("V", "Rated line-to-line voltage V_n", default=460.0, low=1.0)
    iron_loss_w = parameter("W", "Iron loss P_fe at rated voltage", default=300.0, low=0.0)
    drag_n_m_s = parameter("N*m*s", "Drag b of bearings and fan", default=0.02, low=0.0)
    inertia_kg_m2 = parameter("kg*m**2", "Rotor inertia", default=0.15, low=1e-9)
    heat_capacity_j_per_k = parameter("J/K", "Heat capacity C", default=4e4, low=1e-3)
    cooling_w_per_k = parameter("W/K", "Cooling G to the ambient", default=25.0, low=0.0)
    ambient_k = parameter("K", "Ambient temperature T_a", default=293.15, low=230.0, high=400.0)
    insulation_life_s = parameter("s", "Insulation life at the rated temperature", default=7.2e7, low=1.0)
    insulation_rated_k = parameter("K", "Rated winding temperature", default=403.15, low=300.0)
    insulation_activation_k = parameter("K", "Activation energy over Boltzmann's constant", default=1.2e4, low=0.0)
    insulation_wear_ratio = state("1", "Used insulation life a", low=0.0, slow=True)
    extra_loss_ratio = Correction("1", "Iron, bearing and fan loss that the law misses, x", low=-0.7, high=1.0)
    failures = (Failure("insulation aged", when="insulation_wear_ratio", limit=1.0, action="rewind or replace"),)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Turn slip into torque and heat."""
        speed, voltage_v, temperature_k = m.shaft.speed_rad_per_s, m.line.voltage_v, m.heat.temperature_k
        circuit = induction.Circuit(
            winding.resistance_ohm(m.stator_ohm, temperature_k),
            winding.resistance_ohm(m.rotor_ohm, temperature_k),
            m.stator_leakage_h,
            m.rotor_leakage_h,
            m.magnetising_h,
            m.pole_pairs_count,
        )
        does = induction.run(circuit, voltage_v, m.frequency.value, speed)
        extra = 1 + m.extra_loss_ratio
        iron_a = extra * m.iron_loss_w * voltage_v / m.voltage_rated_v**2
        drag_n_m = extra * m.drag_n_m_s * speed
        active_a = does.active_a + iron_a
        loss_w = does.copper_w + iron_a * voltage_v + drag_n_m * speed
        cooled_w = m.cooling_w_per_k * (temperature_k - m.ambient_k)
        return {
            "line.current_a": active_a,
            "shaft.torque_n_m": drag_n_m - does.torque_n_m,
            "shaft.storage": m.inertia_kg_m2,
            "heat.heat_flow_w": cooled_w - loss_w,
            "heat.storage": m.heat_capacity_j_per_k,
            "insulation_wear_ratio.rate": arrhenius.ageing_rate_per_s(
                m.insulation_life_s, m.insulation_activation_k, m.insulation_rated_k, temperature_k
            ),
            "extra_loss_ratio.features": (2 * voltage_v / m.voltage_rated_v - 1,),
            "line_current_a": sp.sqrt((active_a**2 + does.reactive_a**2) / 3),
            "torque_n_m": does.torque_n_m,
            "slip_rad_per_s": does.slip_rad_per_s,
            "power_w": voltage_v * active_a,
            "loss_w": loss_w,
            "lost_w": cooled_w,
        }
