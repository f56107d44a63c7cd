"""Induction motor on an inverter that follows a wanted speed.

Equations  T_r dω_s/dt = ω_set - ω_s        τ = v τ_max tanh(τ_n (ω_s - ω) / (s ω_n τ_max))        P = τ ω_s + loss
           loss = v [R_s(T) (τ / τ_n)² + P_0 (ω_s / ω_n)²]        v = V² / (V² + V_u²)        i = P / V
           C dT/dt = P - τ ω - G (T - T_a) + heat        da/dt = arrhenius(T)
Symbols    τ air-gap torque, ω_set wanted and ω_s synchronous speed, T_r ramp time of the inverter, ω speed, s rated
           slip, τ_n and ω_n rated torque and speed, τ_max current limit, R_s stator loss at rated torque, P_0 idle
           loss, V supply (RMS), V_u undervoltage, i active current, T winding temperature, a used insulation life
Source     linear part of Kloss's torque-slip curve: Leonhard (2001), Control of Electrical Drives, chapter 10
Valid      slip below pull-out; electrical transients (milliseconds) are over; single or balanced three phases as one
           wire
"""

from types import SimpleNamespace
from typing import Any

import sympy as sp

from physics.contract import Component, Correction, Failure, Port, drive, parameter, state
from physics.laws import arrhenius, winding


class DriveMotor(Component):
    """Motor and inverter as one part."""

    name = "drive_motor"
    critical = True
    plus = Port("electrical", "supply of the inverter; the return is ground")
    shaft = Port("rotation", "shaft")
    heat = Port("thermal", "winding and housing")
    speed_set_rad_per_s = drive("rad/s", "Wanted speed ω_set", default=0.0)
    torque_rated_n_m = parameter("N*m", "Rated torque τ_n", default=5.0, low=1e-3)
    torque_limit_n_m = parameter("N*m", "Torque limit τ_max of the inverter", default=10.0, low=1e-3)
    speed_rated_rad_per_s = parameter("rad/s", "Rated speed ω_n", default=150.0, low=1.0)
    slip_ratio = parameter("1", "Slip s at rated torque and speed", default=0.04, low=1e-4, high=0.5)
    stator_loss_w = parameter("W", "Stator loss R_s at rated torque, 20 °C", default=60.0, low=0.0)
    idle_loss_w = parameter("W", "Iron, fan and inverter loss P_0 at rated speed", default=40.0, low=0.0)
    power_factor_ratio = parameter("1", "Active over apparent current", default=0.8, low=0.05, high=1.0)
    undervoltage_v = parameter(
        "V", "Supply voltage V_u at which the inverter gives half torque", default=10.0, low=1e-3
    )
    ramp_time_s = parameter("s", "Ramp time constant T_r of the inverter", default=2.0, low=1e-2)
    inertia_kg_m2 = parameter("kg*m**2", "Rotor inertia", default=5e-3, low=1e-9)
    heat_capacity_j_per_k = parameter("J/K", "Heat capacity C", default=5000.0, low=1e-3)
    cooling_w_per_k = parameter("W/K", "Cooling G to the ambient", default=4.0, low=0.0)
    ambient_k = parameter("K", "Ambient temperature T_a", default=293.15, low=230.0, high=400.0)
    insulation_life_s = parameter("s", "Insulation life at the rated temperature", default=7.2e7, low=1.0)
    insulation_rated_k = parameter("K", "Rated winding temperature", default=403.15, low=300.0)
    insulation_activation_k = parameter("K", "Activation energy over Boltzmann's constant", default=1.2e4, low=0.0)
    synchronous_rad_per_s = state("rad/s", "Ramped speed ω_s that the inverter gives", nominal=100.0)
    insulation_wear_ratio = state("1", "Used insulation life a", low=0.0, slow=True)
    extra_loss_ratio = Correction("1", "Stator and idle loss that the law misses", low=-0.5, high=1.0)
    failures = (Failure("insulation aged", when="insulation_wear_ratio", limit=1.0, action="rewind or replace"),)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Follow the wanted speed as far as torque allows."""
        speed, temperature_k, voltage_v = m.shaft.speed_rad_per_s, m.heat.temperature_k, m.plus.voltage_v
        supplied = voltage_v**2 / (voltage_v**2 + m.undervoltage_v**2)
        slip = (m.synchronous_rad_per_s - speed) / (m.slip_ratio * m.speed_rated_rad_per_s)
        wanted_n_m = m.torque_limit_n_m * sp.tanh(m.torque_rated_n_m / m.torque_limit_n_m * slip)
        torque_n_m = supplied * wanted_n_m
        fixed_w = _stator_and_idle_w(m, wanted_n_m / m.torque_rated_n_m) * (1 + m.extra_loss_ratio)
        unit_power_w = wanted_n_m * m.synchronous_rad_per_s + fixed_w
        current_a = unit_power_w * voltage_v / (voltage_v**2 + m.undervoltage_v**2)
        loss_w = supplied * unit_power_w - torque_n_m * speed
        cooled_w = m.cooling_w_per_k * (temperature_k - m.ambient_k)
        return {
            "plus.current_a": current_a,
            "shaft.torque_n_m": -torque_n_m,
            "shaft.storage": m.inertia_kg_m2,
            "heat.heat_flow_w": cooled_w - loss_w,
            "heat.storage": m.heat_capacity_j_per_k,
            "synchronous_rad_per_s.rate": (m.speed_set_rad_per_s - m.synchronous_rad_per_s) / m.ramp_time_s,
            "insulation_wear_ratio.rate": arrhenius.ageing_rate_per_s(
                m.insulation_life_s, m.insulation_activation_k, m.insulation_rated_k, temperature_k
            ),
            "extra_loss_ratio.features": (
                2 * m.synchronous_rad_per_s / m.speed_rated_rad_per_s - 1,
                2 * wanted_n_m / m.torque_rated_n_m - 1,
            ),
            "apparent_current_a": current_a / m.power_factor_ratio,
            "power_w": supplied * unit_power_w,
            "loss_w": loss_w,
            "lost_w": cooled_w,
        }


def _stator_and_idle_w(m: SimpleNamespace, load_ratio: Any) -> Any:
    """Losses besides rotor slip."""
    copper_w = winding.resistance_ohm(m.stator_loss_w, m.heat.temperature_k) * load_ratio**2
    return copper_w + m.idle_loss_w * (m.synchronous_rad_per_s / m.speed_rated_rad_per_s) ** 2
