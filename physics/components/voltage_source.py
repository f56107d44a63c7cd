"""Ideal voltage source against ground.

Equations  V = V_0        P = V i
Symbols    V voltage, i current that is taken, V_0 set from outside, P power delivered
Source     boundary condition
Valid      no inner resistance, no current limit
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, drive


class VoltageSource(Component):
    """Supply with one wire; the return is ground."""

    name = "voltage_source"
    plus = Port("electrical", "live terminal", fixes=True)
    voltage_v = drive("V", "Voltage V_0 against ground (RMS where alternating)", default=24.0)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Fix the voltage."""
        delivered_a = -m.plus.current_a
        return {
            "plus.voltage_v": m.voltage_v,
            "current_a": delivered_a,
            "power_w": m.voltage_v * delivered_a,
            "supplied_w": m.voltage_v * delivered_a,
        }
