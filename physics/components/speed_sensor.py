"""Tachometer with lag, offset and range.

Equations  true = ω        τ dx/dt = true - x        reading = clip(x + offset, low, high)
Symbols    x what the element feels, τ its time constant, ω speed
Source     physics/laws/transducer.py
Valid      noise belongs to the tag (plant.yaml, noise_sd), not to the law
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, parameter, state
from physics.laws import transducer


class SpeedSensor(Component):
    """Reads the speed of a shaft."""

    name = "speed_sensor"
    tap = Port("rotation", "shaft; takes no torque")
    out = Port("signal", "reading", fixes=True, unit="rad/s")
    offset_rad_per_s = parameter("rad/s", "Offset of the reading", default=0.0)
    range_low_rad_per_s = parameter("rad/s", "Lowest reading", default=-1e4)
    range_high_rad_per_s = parameter("rad/s", "Highest reading", default=1e4)
    time_constant_s = parameter("s", "Time constant τ", default=0.05, low=1e-4)
    felt_rad_per_s = state("rad/s", "What the element feels, x", default=0.0, nominal=100.0)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Follow and report."""
        reading_rad_per_s = transducer.reading(
            m.felt_rad_per_s, offset=m.offset_rad_per_s, low=m.range_low_rad_per_s, high=m.range_high_rad_per_s
        )
        return {
            "felt_rad_per_s.rate": transducer.lag_rate(m.tap.speed_rad_per_s, m.felt_rad_per_s, m.time_constant_s),
            "out.value": reading_rad_per_s,
            "reading_rad_per_s": reading_rad_per_s,
        }
