"""Alarm limit with hysteresis that may stay until it is acknowledged.

Equations  e = s (x - x_max)        on where e > 0        off where e < -h, and acknowledged where latching
Symbols    x watched signal, x_max limit, s = 1 for a high or -1 for a low limit, h hysteresis
Source     ISA-18.2 / IEC 62682: deadband and latching of alarms
Valid      switches at the moment of crossing; an acknowledgement counts only once the signal is back
"""

from types import SimpleNamespace
from typing import Any

import sympy as sp

from physics.contract import Component, Port, drive, mode, parameter


class Alarm(Component):
    """Watches one signal."""

    name = "alarm"
    watched = Port("signal", "watched signal x")
    out = Port("signal", "1 while the alarm stands", fixes=True)
    limit_ratio = drive("1", "Limit x_max in the unit of the watched signal", default=0.8)
    acknowledged_ratio = drive("1", "1 while somebody acknowledges", default=0.0, low=0.0, high=1.0)
    side_ratio = parameter("1", "1 for a high limit, -1 for a low one", default=1.0, low=-1.0, high=1.0)
    hysteresis_ratio = parameter("1", "Hysteresis h in the unit of the watched signal", default=0.02, low=0.0)
    latching_ratio = parameter("1", "1 where it stays until acknowledged, 0 where it leaves by itself", default=0.0)
    standing = mode("Alarm stands")

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Raise and clear."""
        excess = m.side_ratio * (m.watched.value - m.limit_ratio)
        free_to_go = m.acknowledged_ratio - m.latching_ratio + sp.Rational(1, 2)
        return {
            "standing.on": excess,
            "standing.off": sp.Min(-excess - m.hysteresis_ratio, free_to_go),
            "out.value": m.standing,
        }
