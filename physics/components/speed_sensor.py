"""Tachometer with lag, offset, noise, last digit, range and dropout.

Equations  true = ω        τ dx/dt = true - x
           reading = clip(round(x + offset + n, q), low, high), low when lost
Symbols    x what the element feels, τ its time constant, n noise, q last digit, ω speed
Source     physics/laws/transducer.py
Valid      noise and dropout are inputs, none by default
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, drive, parameter, state
from physics.laws import transducer


class SpeedSensor(Component):
    """Reads the speed of a shaft."""

    name = "speed_sensor"
    tap = Port("rotation", "shaft; takes no torque")
    out = Port("signal", "reading", fixes=True, unit="rad/s")
    offset_rad_per_s = parameter("rad/s", "Offset of the reading", default=0.0)
    noise_rad_per_s = drive("rad/s", "Noise n added to the reading", default=0.0)
    dropout_ratio = drive("1", "Share of the signal that is lost, 1 in a dropout", default=0.0, low=0.0, high=1.0)
    digit_rad_per_s = parameter("rad/s", "Last digit q of the reading; 0 for none", default=0.0, low=0.0)
    range_low_rad_per_s = parameter("rad/s", "Lowest reading", default=-1e4)
    range_high_rad_per_s = parameter("rad/s", "Highest reading", default=1e4)
    time_constant_s = parameter("s", "Time constant τ", default=0.05, low=1e-4)
    felt_rad_per_s = state("rad/s", "What the element feels, x", default=0.0, nominal=100.0)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Follow and report."""
        reading_rad_per_s = transducer.reading(
            transducer.seen(m.felt_rad_per_s, offset=m.offset_rad_per_s),
            low=m.range_low_rad_per_s,
            high=m.range_high_rad_per_s,
            noise=m.noise_rad_per_s,
            step=m.digit_rad_per_s,
            dropout=m.dropout_ratio,
        )
        return {
            "felt_rad_per_s.rate": transducer.lag_rate(m.tap.speed_rad_per_s, m.felt_rad_per_s, m.time_constant_s),
            "out.value": reading_rad_per_s,
            "reading_rad_per_s": reading_rad_per_s,
        }
