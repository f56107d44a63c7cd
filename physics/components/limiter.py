"""Limiter: a signal held between two ends.

Equations  y = clip(x, low, high)
Symbols    x input, y output
Source     definition
Valid      low < high; the corners are cut over a thousandth of the span
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, parameter
from physics.laws import constants, smooth


class Limiter(Component):
    """Saturation of a signal."""

    name = "limiter"
    heard = Port("signal", "input x")
    out = Port("signal", "output y", fixes=True)
    low_ratio = parameter("1", "Lower end", default=0.0)
    high_ratio = parameter("1", "Upper end", default=1.0)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Limit."""
        span = m.high_ratio - m.low_ratio
        limited = smooth.clip(m.heard.value, m.low_ratio, m.high_ratio, constants.STILL_RATIO * span)
        return {"out.value": limited, "output_ratio": limited}
