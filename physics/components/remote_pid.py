"""PID controller whose setpoint is a signal: the inner loop of a cascade, or one that a ramp or schedule leads.

Equations  e = s (r - y_f)        v = u_0 + K (e + ∫ + T_d d(b r - y_f)/dt)        u = clip(v, u_low, u_high)
           T_i d∫/dt = e + (u - v) / K        T_f dy_f/dt = y - y_f        T_f dr_f/dt = r - r_f
Symbols    r setpoint, y measured, s = 1 reverse or -1 direct action, K gain, T_i integral and T_d derivative time, ∫
           integral part, u output, y_f and r_f filtered measurement and setpoint, T_f their lag, b share of the
           setpoint in the derivative part
Source     Åström, Hägglund (2006), Advanced PID Control, chapters 3 (back-calculation, setpoint weighting) and 11
Valid      continuous time; measured signal and setpoint in the same unit, K per that unit
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, parameter, state
from physics.laws import controller


class RemotePid(Component):
    """Controller that another part leads."""

    name = "remote_pid"
    setpoint = Port("signal", "setpoint r")
    measured = Port("signal", "measured value y")
    out = Port("signal", "output u", fixes=True)
    gain_ratio = parameter("1", "Gain K, output per unit of error", default=1.0, low=1e-9)
    action_ratio = parameter("1", "1 where more output raises the measured value, -1 where it lowers it", default=1.0)
    integral_time_s = parameter("s", "Integral time T_i", default=60.0, low=1e-3)
    derivative_time_s = parameter("s", "Derivative time T_d", default=0.0, low=0.0)
    setpoint_weight_ratio = parameter("1", "Share b of the setpoint in the derivative", default=0.0, low=0.0, high=1.0)
    filter_time_s = parameter("s", "Lag T_f of the filters", default=1.0, low=1e-3)
    bias_ratio = parameter("1", "Output u_0 without error", default=0.5)
    out_low_ratio = parameter("1", "Lowest output", default=0.0)
    out_high_ratio = parameter("1", "Highest output", default=1.0)
    integral_ratio = state("1", "Integral part in units of the error")
    filtered_ratio = state("1", "Filtered measurement y_f", default=0.5)
    led_ratio = state("1", "Filtered setpoint r_f", default=0.5)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Steer."""
        filter_rate = (m.measured.value - m.filtered_ratio) / m.filter_time_s
        led_rate = (m.setpoint.value - m.led_ratio) / m.filter_time_s
        move = controller.pid(
            error=m.action_ratio * (m.setpoint.value - m.filtered_ratio),
            integral=m.integral_ratio,
            derivative=m.action_ratio * m.derivative_time_s * (m.setpoint_weight_ratio * led_rate - filter_rate),
            gain=m.gain_ratio,
            integral_time_s=m.integral_time_s,
            bias=m.bias_ratio,
            limits=(m.out_low_ratio, m.out_high_ratio),
        )
        return {
            "out.value": move.output,
            "integral_ratio.rate": move.integral_rate,
            "filtered_ratio.rate": filter_rate,
            "led_ratio.rate": led_rate,
            "output_ratio": move.output,
        }
