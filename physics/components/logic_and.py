"""Both: one where both inputs are one.

Equations  y = a b
Symbols    a and b inputs, y output
Source     Boole (1847); between 0 and 1 the product form of fuzzy logic (Zadeh 1965) and of independent chances
Valid      inputs from 0 to 1; at 0 and 1 exact
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port


class LogicAnd(Component):
    """Gate for two signals."""

    name = "logic_and"
    a = Port("signal", "one input, 0 or 1")
    b = Port("signal", "other input, 0 or 1")
    out = Port("signal", "output, 0 or 1", fixes=True)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Join."""
        return {"out.value": m.a.value * m.b.value}
