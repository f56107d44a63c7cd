"""PID with limits on its output and an integral part that does not wind up.

Equations  v = u_0 + K (e + I + D)        u = clip(v)        T_i dI/dt = e + (u - v) / K
Symbols    e error, I integral part, D derivative part, K gain, T_i integral time, u_0 bias, v wanted and u actual
           output
Source     back-calculation with tracking time T_i: Åström, Hägglund (2006), Advanced PID Control, section 3.5
Valid      continuous time; corners of the limits cut over a thousandth of the span
"""

from dataclasses import dataclass
from typing import Any

from physics.laws import constants, smooth


@dataclass(frozen=True)
class Move:
    """Output of the controller and how fast its integral part changes (error unit per second)."""

    output: Any
    integral_rate: Any


def pid(
    *, error: Any, integral: Any, derivative: Any, gain: Any, integral_time_s: Any, bias: Any, limits: tuple[Any, Any]
) -> Move:
    """One controller's output."""
    low, high = limits
    wanted = bias + gain * (error + integral + derivative)
    output = smooth.clip(wanted, low, high, constants.STILL_RATIO * (high - low))
    return Move(output, (error + (output - wanted) / gain) / integral_time_s)
