"""Ramp: follows a target no faster than its rates allow.

Equations  dy/dt = clip((r - y) / τ, -a_-, a_+)
Symbols    r target, y output, a_+ and a_- steepest rise and fall, τ time constant of the last stretch
Source     set-point ramp of IEC 61131 function blocks
Valid      τ far below the ramp's own time; corners are cut over a thousandth of the steepest change
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, parameter, state
from physics.laws import constants, smooth


class Ramp(Component):
    """Rate limiter for a set point."""

    name = "ramp"
    target = Port("signal", "target r")
    out = Port("signal", "output y", fixes=True)
    rise_per_s = parameter("1/s", "Steepest rise a_+", default=0.1, low=1e-9)
    fall_per_s = parameter("1/s", "Steepest fall a_-", default=0.1, low=1e-9)
    landing_time_s = parameter("s", "Time constant τ of the last stretch", default=0.1, low=1e-4)
    output_ratio = state("1", "Output y")

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Approach."""
        wanted = (m.target.value - m.output_ratio) / m.landing_time_s
        width = constants.STILL_RATIO * (m.rise_per_s + m.fall_per_s)
        return {
            "output_ratio.rate": smooth.clip(wanted, -m.fall_per_s, m.rise_per_s, width),
            "out.value": m.output_ratio,
        }
