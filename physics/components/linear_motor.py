"""Drive that pushes with a force in proportion to a voltage.

Equations  F = g u
Symbols    F force on the rod, g force gain, u drive voltage
Source     current-controlled motor with a screw: Janot, Gautier, Brunot (2019), data set EMPS, nonlinearbenchmark.org
Valid      the current loop is far faster than the axis; the power comes from outside the model
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, drive, parameter


class LinearMotor(Component):
    """Current-controlled drive, seen at the rod."""

    name = "linear_motor"
    rod = Port("translation", "where the force acts")
    voltage_v = drive("V", "Drive voltage u", default=0.0)
    gain_n_per_v = parameter("N/V", "Force gain g", default=35.0, low=0.0)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Push."""
        force_n = m.gain_n_per_v * m.voltage_v
        return {"rod.force_n": -force_n, "drive_force_n": force_n, "supplied_w": force_n * m.rod.velocity_m_per_s}
