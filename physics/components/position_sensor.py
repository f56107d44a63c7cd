"""Position sensor with lag, offset, noise, last digit, range and dropout.

Equations  true = q        τ dx/dt = true - x
           reading = clip(round(x + offset + n, q), low, high), low when lost
Symbols    x what the element feels, τ its time constant, n noise, q last digit, q position
Source     physics/laws/transducer.py
Valid      noise and dropout are inputs, none by default
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, drive, parameter, state
from physics.laws import transducer


class PositionSensor(Component):
    """Reads the position that an axis sends."""

    name = "position_sensor"
    target = Port("signal", "true position", unit="m")
    out = Port("signal", "reading", fixes=True, unit="m")
    offset_m = parameter("m", "Offset of the reading", default=0.0)
    noise_m = drive("m", "Noise n added to the reading", default=0.0)
    dropout_ratio = drive("1", "Share of the signal that is lost, 1 in a dropout", default=0.0, low=0.0, high=1.0)
    digit_m = parameter("m", "Last digit q of the reading; 0 for none", default=0.0, low=0.0)
    range_low_m = parameter("m", "Lowest reading", default=-10.0)
    range_high_m = parameter("m", "Highest reading", default=10.0)
    time_constant_s = parameter("s", "Time constant τ", default=1e-3, low=1e-4)
    felt_m = state("m", "What the element feels, x", default=0.0, nominal=0.1)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Follow and report."""
        reading_m = transducer.reading(
            transducer.seen(m.felt_m, offset=m.offset_m),
            low=m.range_low_m,
            high=m.range_high_m,
            noise=m.noise_m,
            step=m.digit_m,
            dropout=m.dropout_ratio,
        )
        return {
            "felt_m.rate": transducer.lag_rate(m.target.value, m.felt_m, m.time_constant_s),
            "out.value": reading_m,
            "reading_m": reading_m,
        }
