"""Sensor for any signal, with gain, lag, offset, noise, last digit, range and dropout.

Equations  τ dx/dt = s - x        reading = clip(round(gain x + offset + n, q), low, high), low when lost
Symbols    s true signal, x what the element feels, τ its time constant, n noise, q last digit
Source     physics/laws/transducer.py
Valid      noise and dropout are inputs, none by default
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, drive, parameter, state
from physics.laws import transducer


class SignalSensor(Component):
    """Transmitter between a quantity that a part sends and a controller or a log."""

    name = "signal_sensor"
    target = Port("signal", "true signal")
    out = Port("signal", "reading", fixes=True)
    gain_ratio = parameter("1", "Gain of the reading", default=1.0)
    offset_ratio = parameter("1", "Offset of the reading", default=0.0)
    noise_ratio = drive("1", "Noise n added to the reading", default=0.0)
    dropout_ratio = drive("1", "Share of the signal that is lost, 1 in a dropout", default=0.0, low=0.0, high=1.0)
    digit_ratio = parameter("1", "Last digit q of the reading; 0 for none", default=0.0, low=0.0)
    range_low_ratio = parameter("1", "Lowest reading", default=-10.0)
    range_high_ratio = parameter("1", "Highest reading", default=10.0)
    time_constant_s = parameter("s", "Time constant τ", default=0.1, low=1e-4)
    felt_ratio = state("1", "What the element feels, x")

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Follow and report."""
        reading_ratio = transducer.reading(
            transducer.seen(m.felt_ratio, gain=m.gain_ratio, offset=m.offset_ratio),
            low=m.range_low_ratio,
            high=m.range_high_ratio,
            noise=m.noise_ratio,
            step=m.digit_ratio,
            dropout=m.dropout_ratio,
        )
        return {
            "felt_ratio.rate": transducer.lag_rate(m.target.value, m.felt_ratio, m.time_constant_s),
            "out.value": reading_ratio,
            "reading_ratio": reading_ratio,
        }
