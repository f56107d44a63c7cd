"""Not: one where the input is zero.

Equations  y = 1 - a
Symbols    a input, y output
Source     Boole (1847)
Valid      inputs from 0 to 1
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port


class LogicNot(Component):
    """Inverter for a signal."""

    name = "logic_not"
    a = Port("signal", "input, 0 or 1")
    out = Port("signal", "output, 0 or 1", fixes=True)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Turn round."""
        return {"out.value": 1 - m.a.value}
