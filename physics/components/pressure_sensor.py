"""Pressure sensor with lag, offset and range; reads absolute pressure.

Equations  true = p        τ dx/dt = true - x        reading = clip(x + offset, low, high)
Symbols    x what the element feels, τ its time constant, p absolute pressure at the tapping
Source     physics/laws/transducer.py
Valid      noise belongs to the tag (plant.yaml, noise_sd), not to the law
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, parameter, state
from physics.laws import transducer


class PressureSensor(Component):
    """Reads a pressure; give an offset of minus one atmosphere for gauge pressure."""

    name = "pressure_sensor"
    tap = Port("liquid", "tapping; takes no flow")
    out = Port("signal", "reading", fixes=True, unit="Pa")
    offset_pa = parameter("Pa", "Offset of the reading", default=0.0)
    range_low_pa = parameter("Pa", "Lowest reading", default=-1e5)
    range_high_pa = parameter("Pa", "Highest reading", default=2.5e6)
    time_constant_s = parameter("s", "Time constant τ", default=1.0, low=1e-4)
    felt_pa = state("Pa", "What the element feels, x", default=101325.0, nominal=1e5)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Follow and report."""
        reading_pa = transducer.reading(m.felt_pa, offset=m.offset_pa, low=m.range_low_pa, high=m.range_high_pa)
        return {
            "felt_pa.rate": transducer.lag_rate(m.tap.pressure_pa, m.felt_pa, m.time_constant_s),
            "out.value": reading_pa,
            "reading_pa": reading_pa,
        }
