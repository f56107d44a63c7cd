"""Sum of two signals with a weight each and a constant: adds, subtracts, scales and shifts.

Equations  y = k_a a + k_b b + c
Symbols    a and b inputs, k_a and k_b their weights, c constant, y output
Source     definition
Valid      always
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, parameter


class WeightedSum(Component):
    """Adder; with weights 1 and -1 a difference."""

    name = "weighted_sum"
    a = Port("signal", "one input")
    b = Port("signal", "other input")
    out = Port("signal", "output y", fixes=True)
    weight_a_ratio = parameter("1", "Weight k_a", default=1.0)
    weight_b_ratio = parameter("1", "Weight k_b", default=1.0)
    constant_ratio = parameter("1", "Constant c", default=0.0)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Add."""
        total = m.weight_a_ratio * m.a.value + m.weight_b_ratio * m.b.value + m.constant_ratio
        return {"out.value": total, "output_ratio": total}
