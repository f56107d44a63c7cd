"""Temperature sensor on a body, with lag, offset, noise, last digit, range and dropout.

Equations  true = T        τ dx/dt = true - x
           reading = clip(round(x + offset + n, q), low, high), low when lost
Symbols    x what the element feels, τ its time constant, n noise, q last digit, T temperature at the contact
Source     physics/laws/transducer.py
Valid      noise and dropout are inputs, none by default
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, drive, parameter, state
from physics.laws import transducer


class TemperatureSensor(Component):
    """Reads the temperature of what it is joined to."""

    name = "temperature_sensor"
    tap = Port("thermal", "contact; takes no heat")
    out = Port("signal", "reading", fixes=True, unit="K")
    offset_k = parameter("K", "Offset of the reading", default=0.0)
    noise_k = drive("K", "Noise n added to the reading", default=0.0)
    dropout_ratio = drive("1", "Share of the signal that is lost, 1 in a dropout", default=0.0, low=0.0, high=1.0)
    digit_k = parameter("K", "Last digit q of the reading; 0 for none", default=0.0, low=0.0)
    range_low_k = parameter("K", "Lowest reading", default=223.15)
    range_high_k = parameter("K", "Highest reading", default=473.15)
    time_constant_s = parameter("s", "Time constant τ", default=5.0, low=1e-4)
    felt_k = state("K", "What the element feels, x", default=293.15, nominal=300.0)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Follow and report."""
        reading_k = transducer.reading(
            transducer.seen(m.felt_k, offset=m.offset_k),
            low=m.range_low_k,
            high=m.range_high_k,
            noise=m.noise_k,
            step=m.digit_k,
            dropout=m.dropout_ratio,
        )
        return {
            "felt_k.rate": transducer.lag_rate(m.tap.temperature_k, m.felt_k, m.time_constant_s),
            "out.value": reading_k,
            "reading_k": reading_k,
        }
