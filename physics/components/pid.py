"""PID controller on a signal, with anti-windup.

Equations  e = s (r - y)        v = u_0 + K (e + ∫ - T_d dy/dt)        u = clip(v, u_low, u_high)
           T_i d∫/dt = e + (u - v) / K        T_f dy_f/dt = y - y_f
Symbols    r setpoint, y measured, s = 1 reverse or -1 direct action, K gain, T_i integral and T_d derivative time, ∫
           integral part, u output, y_f filtered measurement, T_f its lag
Source     Åström, Hägglund (2006), Advanced PID Control, chapters 3 (back-calculation) and 13
Valid      continuous time; measured signal and setpoint in the same unit, K per that unit
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, drive, parameter, state
from physics.laws import controller


class Pid(Component):
    """Controller for any signal, commonly one scaled to 0 to 1 as a transmitter sends it."""

    name = "pid"
    measured = Port("signal", "measured value y")
    out = Port("signal", "output u", fixes=True)
    setpoint_ratio = drive("1", "Setpoint r in the unit of the measured signal", default=0.5)
    gain_ratio = parameter("1", "Gain K, output per unit of error", default=1.0, low=1e-9)
    action_ratio = parameter("1", "1 where more output raises the measured value, -1 where it lowers it", default=1.0)
    integral_time_s = parameter("s", "Integral time T_i", default=60.0, low=1e-3)
    derivative_time_s = parameter("s", "Derivative time T_d", default=0.0, low=0.0)
    filter_time_s = parameter("s", "Lag T_f of the measurement filter", default=1.0, low=1e-3)
    bias_ratio = parameter("1", "Output u_0 without error", default=0.5)
    out_low_ratio = parameter("1", "Lowest output", default=0.0)
    out_high_ratio = parameter("1", "Highest output", default=1.0)
    integral_ratio = state("1", "Integral part in units of the error")
    filtered_ratio = state("1", "Filtered measurement y_f", default=0.5)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Steer."""
        filter_rate = (m.measured.value - m.filtered_ratio) / m.filter_time_s
        move = controller.pid(
            error=m.action_ratio * (m.setpoint_ratio - m.filtered_ratio),
            integral=m.integral_ratio,
            derivative=-m.action_ratio * m.derivative_time_s * filter_rate,
            gain=m.gain_ratio,
            integral_time_s=m.integral_time_s,
            bias=m.bias_ratio,
            limits=(m.out_low_ratio, m.out_high_ratio),
        )
        return {
            "out.value": move.output,
            "integral_ratio.rate": move.integral_rate,
            "filtered_ratio.rate": filter_rate,
            "output_ratio": move.output,
        }
