"""Drive that pushes with a force in proportion to a voltage.

Equations  F = g (u + z s)        τ ds/dt = 1 - s
Symbols    F force on the rod, g force gain, u drive voltage, z drift of the amplifier's zero once it is warm, s how far
           it has settled since it was switched on, τ time constant of that
Source     current-controlled motor with a screw: Janot, Gautier, Brunot (2019), data set EMPS, nonlinearbenchmark.org
Valid      the current loop is far faster than the axis; the power comes from outside the model
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, drive, parameter, state


class LinearMotor(Component):
    """Current-controlled drive, seen at the rod."""

    name = "linear_motor"
    rod = Port("translation", "where the force acts")
    voltage_v = drive("V", "Drive voltage u", default=0.0)
    gain_n_per_v = parameter("N/V", "Force gain g", default=35.0, low=0.0)
    zero_drift_v = parameter("V", "Drift z of the amplifier's zero from cold to warm", default=0.0)
    settling_time_s = parameter("s", "Time constant τ of that drift", default=10.0, low=1e-2)
    settled_ratio = state("1", "How far the zero has settled since switching on, s", default=0.0, nominal=1.0)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Push."""
        force_n = m.gain_n_per_v * (m.voltage_v + m.zero_drift_v * m.settled_ratio)
        return {
            "rod.force_n": -force_n,
            "settled_ratio.rate": (1 - m.settled_ratio) / m.settling_time_s,
            "drive_force_n": force_n,
            "supplied_w": force_n * m.rod.velocity_m_per_s,
        }
