"""A body of one temperature.

Equations  C dT/dt = heat
Symbols    C heat capacity, T temperature
Source     energy balance
Valid      conducts well inside (Biot number below 0.1)
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, parameter


class HeatCapacity(Component):
    """Machine body or wall that stores heat."""

    name = "heat_capacity"
    heat = Port("thermal", "surface")
    heat_capacity_j_per_k = parameter("J/K", "Heat capacity C", default=1e5, low=1e-3)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Store heat on the surface's node."""
        return {"heat.storage": m.heat_capacity_j_per_k}
