"""Heat path between two places.

Equations  Q = (1 + x) G (T_a - T_b)
Symbols    Q heat flow from a to b, G conductance, T temperatures, x learned extra conductance
Source     Fourier's law, Newton's law of cooling
Valid      no storage in the path
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Correction, Port, parameter
from physics.laws import constants


class Conductance(Component):
    """Wall, gap or convective film."""

    name = "conductance"
    a = Port("thermal", "one side")
    b = Port("thermal", "other side")
    conductance_w_per_k = parameter("W/K", "Conductance G", default=10.0, low=0.0)
    extra_conductance_ratio = Correction("1", "Conductance that the law misses, x", low=-0.7, high=1.0)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Conduct."""
        difference_k = m.a.temperature_k - m.b.temperature_k
        heat_flow_w = m.conductance_w_per_k * (1 + m.extra_conductance_ratio) * difference_k
        mean_k = (m.a.temperature_k + m.b.temperature_k) / 2
        return {
            "a.heat_flow_w": heat_flow_w,
            "b.heat_flow_w": -heat_flow_w,
            "extra_conductance_ratio.features": (
                difference_k / constants.WARM_SPAN_K,
                (mean_k - constants.ROOM_K) / constants.WARM_SPAN_K,
            ),
            "heat_flow_w": heat_flow_w,
        }
