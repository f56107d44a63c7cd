"""On-delay: passes a one on once it has lasted for a time.

Equations  ds/dt = 1 while a > 1/2, s = 0 once a < 1/2        on where s > T        off where a < 1/2
Symbols    a input, s time since it came, T delay
Source     timer of IEC 61131-3, function block TON
Valid      switches at the moment; a pulse shorter than T leaves no trace
"""

from types import SimpleNamespace
from typing import Any

import sympy as sp

from physics.contract import Component, Port, mode, parameter, state

HALF = sp.Rational(1, 2)


class OnDelay(Component):
    """Timer that keeps short pulses back."""

    name = "on_delay"
    a = Port("signal", "input, 0 or 1")
    out = Port("signal", "output, 0 or 1", fixes=True)
    delay_s = parameter("s", "Delay T", default=5.0, low=1e-6)
    since_s = state("s", "Time since the input came, s", nominal=1.0)
    come = mode("The input has come")
    passed = mode("The delay is over")

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Wait."""
        gone = HALF - m.a.value
        return {
            "come.on": -gone,
            "come.off": gone,
            "since_s.rate": m.come,
            "since_s.reset_when": gone,
            "since_s.reset_to": 0,
            "passed.on": sp.Min(m.since_s - m.delay_s, -gone),
            "passed.off": gone,
            "out.value": m.passed,
        }
