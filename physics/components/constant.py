"""A signal that an input or a parameter sets.

Equations  out = value
Symbols    value set from outside
Source     definition
Valid      always
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, drive


class Constant(Component):
    """Hand wheel, schedule or a fixed number on a signal line."""

    name = "constant"
    out = Port("signal", "the value", fixes=True)
    level_ratio = drive("1", "Value that is sent", default=0.0)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Send."""
        return {"out.value": m.level_ratio}
