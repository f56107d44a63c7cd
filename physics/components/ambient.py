"""Surroundings of a given temperature.

Equations  T = T_0
Symbols    T temperature, T_0 set from outside
Source     boundary condition
Valid      large against what is joined to it
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, drive


class Ambient(Component):
    """Hall air, outside air, or ground."""

    name = "ambient"
    heat = Port("thermal", "surface to the surroundings", fixes=True)
    temperature_k = drive("K", "Temperature T_0", default=293.15, low=200.0, high=400.0)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Fix the temperature."""
        return {"heat.temperature_k": m.temperature_k, "heat_flow_w": m.heat.heat_flow_w, "lost_w": m.heat.heat_flow_w}
