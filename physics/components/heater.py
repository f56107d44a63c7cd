"""Heat source: machine losses, process heat or an electric heater.

Equations  Q = Q_0
Symbols    Q heat delivered, Q_0 set from outside
Source     boundary condition
Valid      the power comes from outside the model
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, drive


class Heater(Component):
    """Gives a set heat flow to what it is joined to."""

    name = "heater"
    heat = Port("thermal", "where the heat goes")
    power_w = drive("W", "Heat Q_0 given off", default=0.0, low=0.0)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Give heat."""
        return {"heat.heat_flow_w": -m.power_w, "supplied_w": m.power_w}
