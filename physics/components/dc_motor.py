"""Permanent-magnet DC motor with a winding that warms and ages.

Equations  i = (V - k ω) / R(T)        τ = k i - (1 + x) b ω        C dT/dt = R i² - G (T - T_a) + heat
           R = R_0 [1 + α (T - T_0)]        da/dt = arrhenius(T)
Symbols    i current, V voltage, k torque constant, ω speed, τ torque delivered, T winding temperature, b drag, G
           cooling, T_a ambient, a used insulation life, x learned extra drag
Source     Leonhard (2001), Control of Electrical Drives, chapter 5; copper α = 0.00393 1/K at 20 °C, IEC 60028;
           x falls with the temperature, as grease thins: SKF, Rolling bearings, friction and viscosity
Valid      time steps longer than the winding's L / R (milliseconds)
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Correction, Failure, Port, Trend, parameter, state
from physics.laws import arrhenius, constants, winding


class DcMotor(Component):
    """Brushed or electronically commutated motor."""

    name = "dc_motor"
    critical = True
    plus = Port("electrical", "live terminal; the return is ground")
    shaft = Port("rotation", "shaft")
    heat = Port("thermal", "winding and housing")
    resistance_ohm = parameter("ohm", "Winding resistance R_0 at 20 °C", default=1.0, low=1e-6)
    torque_constant_n_m_per_a = parameter("N*m/A", "Torque constant k, also V s/rad", default=0.1, low=1e-9)
    drag_n_m_s = parameter("N*m*s", "Viscous drag b", default=1e-5, low=0.0)
    inertia_kg_m2 = parameter("kg*m**2", "Rotor inertia", default=1e-3, low=1e-9)
    heat_capacity_j_per_k = parameter("J/K", "Heat capacity C", default=500.0, low=1e-3)
    cooling_w_per_k = parameter("W/K", "Cooling G to the ambient", default=2.0, low=0.0)
    ambient_k = parameter("K", "Ambient temperature T_a", default=293.15, low=230.0, high=400.0)
    insulation_life_s = parameter("s", "Insulation life at the rated temperature", default=7.2e7, low=1.0)
    insulation_rated_k = parameter("K", "Rated winding temperature", default=403.15, low=300.0)
    insulation_activation_k = parameter("K", "Activation energy over Boltzmann's constant", default=1.2e4, low=0.0)
    insulation_wear_ratio = state("1", "Used insulation life a", low=0.0, slow=True)
    extra_drag_ratio = Correction("1", "Drag that the law misses, x", low=-0.7, high=1.0, trends=(Trend.FALLS,))
    failures = (Failure("insulation aged", when="insulation_wear_ratio", limit=1.0, action="rewind or replace"),)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Turn voltage into torque and heat."""
        speed, temperature_k = m.shaft.speed_rad_per_s, m.heat.temperature_k
        resistance_ohm = winding.resistance_ohm(m.resistance_ohm, temperature_k)
        current_a = (m.plus.voltage_v - m.torque_constant_n_m_per_a * speed) / resistance_ohm
        drag_n_m = m.drag_n_m_s * speed * (1 + m.extra_drag_ratio)
        loss_w = resistance_ohm * current_a**2 + drag_n_m * speed
        cooled_w = m.cooling_w_per_k * (temperature_k - m.ambient_k)
        return {
            "plus.current_a": current_a,
            "shaft.torque_n_m": drag_n_m - m.torque_constant_n_m_per_a * current_a,
            "shaft.storage": m.inertia_kg_m2,
            "heat.heat_flow_w": cooled_w - loss_w,
            "heat.storage": m.heat_capacity_j_per_k,
            "insulation_wear_ratio.rate": arrhenius.ageing_rate_per_s(
                m.insulation_life_s, m.insulation_activation_k, m.insulation_rated_k, temperature_k
            ),
            "extra_drag_ratio.features": ((temperature_k - constants.ROOM_K) / constants.WARM_SPAN_K - 1,),
            "current_a": current_a,
            "power_w": m.plus.voltage_v * current_a,
            "loss_w": loss_w,
            "lost_w": cooled_w,
        }
