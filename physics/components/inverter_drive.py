"""Inverter that makes three phases of variable voltage and frequency, with losses, ramp and current limit.

Equations  df/dt = clip((c f_n - f) / T_f, ±f_n / T_r) - tanh(f / f_b) g f_n / T_f        V_o = r V
           r = clip([V_n clip(|f| / f_n, 0, 1) + V_b f² / (f² + f_b²)] / V, 0, r_max)
           i = r i_o + (1 + x) [k |i_o| + P_0 V / (V² + V_u²)]        g = (i_o / I_max - 1)+ - (-i_o / I_max - 1)+
           C dT/dt = loss - G (T - T_a) + heat        da/dt = arrhenius(T)
Symbols    f output frequency, c command, f_n and V_n rated frequency and voltage, T_f control and T_r ramp time, V
           supply and V_o output voltage (line-to-line RMS), V_b boost, f_b frequency below which it fades out, r
           modulation, i and i_o active currents in and out (root 3 times the active part of the line current), I_max
           current limit, g excess over it, k conduction and switching loss per current, P_0 idle loss, V_u
           undervoltage, T heat sink temperature, G cooling, T_a ambient, a used life of the capacitors, x learned
           extra loss
Source     V/f control and stall prevention: Leonhard (2001), Control of Electrical Drives, chapter 12; losses in
           proportion to current: Mohan, Undeland, Robbins (2003), Power Electronics, chapter 2
Valid      no transients of the DC link; at full ramp the limit is passed by T_f / T_r; takes power back from the
           motor, but braking at the limit near standstill it lets the motor coast
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Correction, Failure, Port, parameter, state
from physics.laws import arrhenius, constants, smooth


class InverterDrive(Component):
    """Frequency converter between grid and motor."""

    name = "inverter_drive"
    supply = Port("electrical", "grid side, line-to-line RMS voltage; the return is ground")
    motor = Port("electrical", "motor side, line-to-line RMS voltage", fixes=True)
    heat = Port("thermal", "heat sink")
    command = Port("signal", "wanted frequency over rated, negative for reverse")
    frequency = Port("signal", "output frequency f", fixes=True, unit="Hz")
    frequency_rated_hz = parameter("Hz", "Rated frequency f_n", default=50.0, low=1.0)
    voltage_rated_v = parameter("V", "Output voltage V_n at rated frequency", default=400.0, low=1.0)
    boost_v = parameter("V", "Voltage boost V_b at low frequency", default=15.0, low=0.0)
    boost_hz = parameter("Hz", "Frequency f_b below which boost and limit fade out", default=1.0, low=1e-3)
    modulation_ratio = parameter("1", "Largest output over supply voltage, r_max", default=1.0, low=0.1, high=1.2)
    ramp_time_s = parameter("s", "Time T_r from rest to rated frequency", default=5.0, low=1e-2)
    control_time_s = parameter("s", "Time T_f of frequency and current control", default=0.05, low=1e-3)
    current_limit_a = parameter("A", "Limit I_max of the active current", default=40.0, low=1e-3)
    current_loss_ratio = parameter("1", "Loss k per output current and supply voltage", default=0.02, low=0.0)
    idle_loss_w = parameter("W", "Idle loss P_0", default=30.0, low=0.0)
    undervoltage_v = parameter("V", "Supply voltage V_u below which it fades out", default=10.0, low=1e-3)
    heat_capacity_j_per_k = parameter("J/K", "Heat capacity C of the heat sink", default=2000.0, low=1e-3)
    cooling_w_per_k = parameter("W/K", "Cooling G to the ambient", default=15.0, low=0.0)
    ambient_k = parameter("K", "Ambient temperature T_a", default=293.15, low=230.0, high=400.0)
    capacitor_life_s = parameter("s", "Capacitor life at the rated temperature", default=1.8e8, low=1.0)
    capacitor_rated_k = parameter("K", "Rated temperature of the capacitors", default=333.15, low=250.0)
    capacitor_activation_k = parameter("K", "Activation energy over Boltzmann's constant", default=8e3, low=0.0)
    frequency_hz = state("Hz", "Output frequency f", nominal=10.0)
    capacitor_wear_ratio = state("1", "Used life of the capacitors, a", low=0.0, slow=True)
    extra_loss_ratio = Correction("1", "Loss that the law misses, x", low=-0.5, high=1.0)
    failures = (Failure("capacitors aged", when="capacitor_wear_ratio", limit=1.0, action="replace capacitors"),)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Follow the command within ramp and current limit."""
        supply_v, out_a = m.supply.voltage_v, -m.motor.current_a
        sound_v = smooth.absolute(supply_v, m.undervoltage_v)
        modulation = smooth.clip(_wanted_v(m) / sound_v, 0, m.modulation_ratio, constants.STILL_RATIO)
        size_a = smooth.absolute(out_a, constants.STILL_RATIO * m.current_limit_a)
        through_a = modulation * out_a
        lost_w = (m.current_loss_ratio * size_a * sound_v + m.idle_loss_w) * (1 + m.extra_loss_ratio)
        loss_a = lost_w * supply_v / sound_v**2
        loss_w = loss_a * supply_v
        cooled_w = m.cooling_w_per_k * (m.heat.temperature_k - m.ambient_k)
        return {
            "supply.current_a": through_a + loss_a,
            "motor.voltage_v": modulation * supply_v,
            "frequency.value": m.frequency_hz,
            "frequency_hz.rate": _frequency_rate(m, out_a),
            "heat.heat_flow_w": cooled_w - loss_w,
            "heat.storage": m.heat_capacity_j_per_k,
            "capacitor_wear_ratio.rate": arrhenius.ageing_rate_per_s(
                m.capacitor_life_s, m.capacitor_activation_k, m.capacitor_rated_k, m.heat.temperature_k
            ),
            "extra_loss_ratio.features": (m.frequency_hz / m.frequency_rated_hz, out_a / m.current_limit_a),
            "power_w": (through_a + loss_a) * supply_v,
            "output_current_a": out_a,
            "loss_w": loss_w,
            "lost_w": cooled_w,
        }


def _wanted_v(m: SimpleNamespace) -> Any:
    """Output voltage that the V/f curve asks for."""
    size_hz = smooth.absolute(m.frequency_hz, constants.STILL_RATIO * m.frequency_rated_hz)
    share = smooth.clip(size_hz / m.frequency_rated_hz, 0, 1, constants.STILL_RATIO)
    turning = m.frequency_hz**2 / (m.frequency_hz**2 + m.boost_hz**2)
    return m.voltage_rated_v * share + m.boost_v * turning


def _frequency_rate(m: SimpleNamespace, out_a: Any) -> Any:
    """Ramp towards the command, and back off while the current is beyond its limit."""
    steepest = m.frequency_rated_hz / m.ramp_time_s
    wanted = (m.command.value * m.frequency_rated_hz - m.frequency_hz) / m.control_time_s
    ramp = smooth.clip(wanted, -steepest, steepest, constants.STILL_RATIO * steepest)
    excess = smooth.beyond(out_a / m.current_limit_a, 1, constants.STILL_RATIO)
    back = smooth.sign(m.frequency_hz, m.boost_hz) * m.frequency_rated_hz / m.control_time_s
    return ramp - excess * back
