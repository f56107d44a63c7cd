"""Dead time, approximated by a rational function.

Equations  exp(-s T) ≈ (1 - 3/7 q + 1/14 q² - 1/210 q³) / (1 + 4/7 q + 1/7 q² + 2/105 q³ + 1/840 q⁴)        q = s T
           T dw_k/dt = w_(k+1)        T dw_3/dt = 840 (x - w_0 - 4/7 w_1 - 1/7 w_2 - 2/105 w_3)
           y = w_0 - 3/7 w_1 + 1/14 w_2 - 1/210 w_3
Symbols    x input, y output, T dead time, w_0 to w_3 inner states
Source     Padé approximant of degree 3 over 4: Golub, Van Loan (2013), Matrix Computations, section 9.3; exact up to
           s⁷
Valid      up to ω T = 3 (phase within 0.1°, gain within 0.4 %; at ω T = 4 0.8° and 2.3 %). A step arrives spread over
           0.8 T to 1.2 T, after swings of up to 17 % of its height; a steady ramp is delayed exactly
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, parameter, state


class Delay(Component):
    """Transport of a signal: a belt between two points, a sampling line, a network."""

    name = "delay"
    heard = Port("signal", "input x")
    out = Port("signal", "output y", fixes=True)
    dead_time_s = parameter("s", "Dead time T", default=10.0, low=1e-3)
    inner0_ratio = state("1", "w_0")
    inner1_ratio = state("1", "w_1, first derivative of w_0 over T")
    inner2_ratio = state("1", "w_2, second derivative", nominal=10.0)
    inner3_ratio = state("1", "w_3, third derivative", nominal=100.0)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Pass on later."""
        w0, w1, w2, w3 = m.inner0_ratio, m.inner1_ratio, m.inner2_ratio, m.inner3_ratio
        return {
            "inner0_ratio.rate": w1 / m.dead_time_s,
            "inner1_ratio.rate": w2 / m.dead_time_s,
            "inner2_ratio.rate": w3 / m.dead_time_s,
            "inner3_ratio.rate": (840 * (m.heard.value - w0) - 480 * w1 - 120 * w2 - 16 * w3) / m.dead_time_s,
            "out.value": w0 - 3 * w1 / 7 + w2 / 14 - w3 / 210,
        }
