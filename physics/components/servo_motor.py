"""Servo motor with its drive: a torque loop inside a speed loop, within the limits of torque, speed and heat.

Equations  τ_c = clip(K (e + I), -τ_p h(-ω), τ_p h(ω))        e = ω_set - ω        T_i dI/dt = e + (τ_c / K - e - I)
           T_t dτ/dt = τ_c - τ        h(ω) = clip((ω_0 - ω) / (ω_0 - ω_k), 0, 1)        τ_shaft = v τ - b ω
           P = v [τ ω + R(T) (τ / k)² + P_0]        v = V² / (V² + V_u²)        C dT/dt = loss - G (T - T_a) + heat
           da/dt = arrhenius(T)
Symbols    ω_set wanted and ω actual speed, K gain, T_i integral time, I integral part, τ_p peak torque, ω_k knee and
           ω_0 end of the torque-speed curve, T_t torque loop, τ torque, b drag, P supply power, R winding resistance, k
           torque constant, P_0 idle loss, V supply, V_u undervoltage, T winding temperature, C heat capacity, G
           cooling, T_a ambient, a used insulation life
Source     cascade control: Leonhard (2001), Control of Electrical Drives, chapters 7 and 14; anti-windup: physics/laws/
           controller.py
Valid      current loop as one lag (1 ms); brakes back into the supply; no cogging, no field weakening beyond ω_0
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Correction, Failure, Port, parameter, state
from physics.laws import arrhenius, constants, controller, smooth, winding


class ServoMotor(Component):
    """Permanent-magnet synchronous motor and drive as one part."""

    name = "servo_motor"
    critical = True
    plus = Port("electrical", "supply of the drive (DC or RMS); the return is ground")
    shaft = Port("rotation", "shaft")
    heat = Port("thermal", "winding and housing")
    command = Port("signal", "wanted speed", unit="rad/s")
    gain_n_m_s = parameter("N*m*s", "Gain K of the speed loop", default=0.5, low=1e-9)
    integral_time_s = parameter("s", "Integral time T_i of the speed loop", default=0.05, low=1e-4)
    torque_time_s = parameter("s", "Time constant T_t of the torque loop", default=1e-3, low=1e-5)
    torque_peak_n_m = parameter("N*m", "Peak torque τ_p", default=10.0, low=1e-6)
    speed_knee_rad_per_s = parameter("rad/s", "Speed ω_k up to which peak torque lasts", default=300.0, low=1e-3)
    speed_margin_rad_per_s = parameter(
        "rad/s", "From the knee to the end of torque, ω_0 - ω_k", default=100.0, low=1e-3
    )
    torque_constant_n_m_per_a = parameter("N*m/A", "Torque constant k", default=1.0, low=1e-9)
    resistance_ohm = parameter("ohm", "Winding resistance R at 20 °C", default=1.0, low=1e-6)
    idle_loss_w = parameter("W", "Idle loss P_0 of the drive", default=15.0, low=0.0)
    drag_n_m_s = parameter("N*m*s", "Viscous drag b", default=1e-4, low=0.0)
    undervoltage_v = parameter("V", "Supply V_u at which the drive gives half torque", default=20.0, low=1e-3)
    inertia_kg_m2 = parameter("kg*m**2", "Rotor inertia", default=1e-3, low=1e-9)
    heat_capacity_j_per_k = parameter("J/K", "Heat capacity C", default=2000.0, low=1e-3)
    cooling_w_per_k = parameter("W/K", "Cooling G to the ambient", default=1.5, low=0.0)
    ambient_k = parameter("K", "Ambient temperature T_a", default=293.15, low=230.0, high=400.0)
    insulation_life_s = parameter("s", "Insulation life at the rated temperature", default=7.2e7, low=1.0)
    insulation_rated_k = parameter("K", "Rated winding temperature", default=403.15, low=300.0)
    insulation_activation_k = parameter("K", "Activation energy over Boltzmann's constant", default=1.2e4, low=0.0)
    torque_n_m = state("N*m", "Torque τ of the torque loop", nominal=1.0)
    integral_rad_per_s = state("rad/s", "Integral part I of the speed loop", nominal=10.0)
    insulation_wear_ratio = state("1", "Used insulation life a", low=0.0, slow=True)
    extra_loss_ratio = Correction("1", "Copper and idle loss that the law misses", low=-0.5, high=1.0)
    failures = (Failure("insulation aged", when="insulation_wear_ratio", limit=1.0, action="rewind or replace"),)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Follow the wanted speed."""
        speed, temperature_k, voltage_v = m.shaft.speed_rad_per_s, m.heat.temperature_k, m.plus.voltage_v
        move = _speed_loop(m, speed)
        current_a = m.torque_n_m / m.torque_constant_n_m_per_a
        copper_w = winding.resistance_ohm(m.resistance_ohm, temperature_k) * current_a**2
        fixed_w = (copper_w + m.idle_loss_w) * (1 + m.extra_loss_ratio)
        low_v2 = voltage_v**2 + m.undervoltage_v**2
        supplied = voltage_v**2 / low_v2
        drag_n_m = m.drag_n_m_s * speed
        loss_w = supplied * fixed_w + drag_n_m * speed
        cooled_w = m.cooling_w_per_k * (temperature_k - m.ambient_k)
        return {
            "plus.current_a": (m.torque_n_m * speed + fixed_w) * voltage_v / low_v2,
            "shaft.torque_n_m": drag_n_m - supplied * m.torque_n_m,
            "shaft.storage": m.inertia_kg_m2,
            "heat.heat_flow_w": cooled_w - loss_w,
            "heat.storage": m.heat_capacity_j_per_k,
            "torque_n_m.rate": (move.output - m.torque_n_m) / m.torque_time_s,
            "integral_rad_per_s.rate": move.integral_rate,
            "insulation_wear_ratio.rate": arrhenius.ageing_rate_per_s(
                m.insulation_life_s, m.insulation_activation_k, m.insulation_rated_k, temperature_k
            ),
            "extra_loss_ratio.features": (m.torque_n_m / m.torque_peak_n_m, speed / m.speed_knee_rad_per_s),
            "motor_current_a": current_a,
            "power_w": supplied * (m.torque_n_m * speed + fixed_w),
            "loss_w": loss_w,
            "lost_w": cooled_w,
        }


def _speed_loop(m: SimpleNamespace, speed: Any) -> controller.Move:
    """Wanted torque, inside what the supply voltage leaves at this speed."""

    def left(forward: Any) -> Any:
        room = 1 + (m.speed_knee_rad_per_s - forward) / m.speed_margin_rad_per_s
        return m.torque_peak_n_m * smooth.clip(room, 0, 1, constants.STILL_RATIO)

    return controller.pid(
        error=m.command.value - speed,
        integral=m.integral_rad_per_s,
        derivative=0,
        gain=m.gain_n_m_s,
        integral_time_s=m.integral_time_s,
        bias=0,
        limits=(-left(-speed), left(speed)),
    )
