"""Latch: set by one signal, held until another resets it.

Equations  on where set > 1/2        off where reset > 1/2 and set < 1/2
Symbols    set and reset, inputs
Source     bistable of IEC 61131-3, function block SR (set is dominant)
Valid      switches at the moment of crossing
"""

from types import SimpleNamespace
from typing import Any

import sympy as sp

from physics.contract import Component, Port, mode

HALF = sp.Rational(1, 2)


class Latch(Component):
    """Memory of an interlock."""

    name = "latch"
    set = Port("signal", "sets, 0 or 1")
    reset = Port("signal", "resets, 0 or 1")
    out = Port("signal", "1 while set", fixes=True)
    held = mode("Is set")

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Remember."""
        return {
            "held.on": m.set.value - HALF,
            "held.off": sp.Min(m.reset.value - HALF, HALF - m.set.value),
            "out.value": m.held,
        }
