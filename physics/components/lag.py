"""First-order lag with a gain.

Equations  τ dy/dt = K x - y
Symbols    x input, y output, K gain, τ time constant
Source     definition; transfer function K / (τ s + 1)
Valid      always
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, parameter, state


class Lag(Component):
    """Filter, or the inertia of an actuator."""

    name = "lag"
    heard = Port("signal", "input x")
    out = Port("signal", "output y", fixes=True)
    gain_ratio = parameter("1", "Gain K", default=1.0)
    time_constant_s = parameter("s", "Time constant τ", default=1.0, low=1e-6)
    output_ratio = state("1", "Output y")

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Follow."""
        return {
            "output_ratio.rate": (m.gain_ratio * m.heard.value - m.output_ratio) / m.time_constant_s,
            "out.value": m.output_ratio,
        }
