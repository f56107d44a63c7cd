"""A turning mass.

Equations  J dω/dt = τ
Symbols    J inertia, ω speed, τ torque
Source     Newton's second law for rotation
Valid      rigid
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, parameter


class Inertia(Component):
    """Flywheel, drum or rotor without friction."""

    name = "inertia"
    shaft = Port("rotation", "shaft")
    inertia_kg_m2 = parameter("kg*m**2", "Inertia J", default=0.1, low=1e-9)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Store kinetic energy on the shaft's node."""
        return {
            "shaft.storage": m.inertia_kg_m2,
            "kinetic_energy_j": m.inertia_kg_m2 * m.shaft.speed_rad_per_s**2 / 2,
        }
