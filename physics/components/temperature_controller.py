"""PI controller for a temperature, with its own sensor lag and anti-windup.

Equations  e = s (r - y)        v = u_0 + K (e + I)        u = clip(v, u_low, u_high)        T_i dI/dt = e + (u - v) / K
           T_f dy/dt = T - y
Symbols    r setpoint, y measured temperature, T signal, s = 1 heating or -1 cooling, K gain per kelvin, I integral
           part, u output
Source     physics/laws/controller.py
Valid      continuous time
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, drive, parameter, state
from physics.laws import controller


class TemperatureController(Component):
    """Keeps a temperature by moving a valve, fan or heater."""

    name = "temperature_controller"
    measured = Port("signal", "measured temperature", unit="K")
    out = Port("signal", "output u", fixes=True)
    setpoint_k = drive("K", "Setpoint r", default=293.15, low=200.0, high=500.0)
    gain_per_k = parameter("1/K", "Gain K, output per kelvin", default=0.1, low=1e-9)
    action_ratio = parameter("1", "1 where more output warms, -1 where it cools", default=-1.0, low=-1.0, high=1.0)
    integral_time_s = parameter("s", "Integral time T_i", default=300.0, low=1e-3)
    filter_time_s = parameter("s", "Lag T_f of the measurement", default=2.0, low=1e-3)
    bias_ratio = parameter("1", "Output u_0 without error", default=0.5)
    out_low_ratio = parameter("1", "Lowest output", default=0.0)
    out_high_ratio = parameter("1", "Highest output", default=1.0)
    integral_k = state("K", "Integral part I", nominal=5.0)
    filtered_k = state("K", "Measured temperature y", default=293.15, nominal=300.0)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Steer."""
        move = controller.pid(
            error=m.action_ratio * (m.setpoint_k - m.filtered_k),
            integral=m.integral_k,
            derivative=0,
            gain=m.gain_per_k,
            integral_time_s=m.integral_time_s,
            bias=m.bias_ratio,
            limits=(m.out_low_ratio, m.out_high_ratio),
        )
        return {
            "out.value": move.output,
            "integral_k.rate": move.integral_rate,
            "filtered_k.rate": (m.measured.value - m.filtered_k) / m.filter_time_s,
            "output_ratio": move.output,
        }
