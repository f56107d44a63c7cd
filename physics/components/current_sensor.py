"""Current sensor: a small shunt in the line, with lag, offset, noise, last digit, range and dropout.

Equations  i = (V_plus - V_minus) / R        τ dx/dt = i - x
           reading = clip(round(x + offset + n, q), low, high), low when lost
Symbols    x what the element feels, τ its time constant, n noise, q last digit, i current, V voltages, R shunt
Source     physics/laws/transducer.py
Valid      noise and dropout are inputs, none by default
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, drive, parameter, state
from physics.laws import transducer


class CurrentSensor(Component):
    """Reads the current from plus to minus."""

    name = "current_sensor"
    plus = Port("electrical", "supply side")
    minus = Port("electrical", "load side")
    out = Port("signal", "reading", fixes=True, unit="A")
    shunt_ohm = parameter("ohm", "Shunt resistance R", default=0.01, low=1e-6)
    offset_a = parameter("A", "Offset of the reading", default=0.0)
    noise_a = drive("A", "Noise n added to the reading", default=0.0)
    dropout_ratio = drive("1", "Share of the signal that is lost, 1 in a dropout", default=0.0, low=0.0, high=1.0)
    digit_a = parameter("A", "Last digit q of the reading; 0 for none", default=0.0, low=0.0)
    range_low_a = parameter("A", "Lowest reading", default=-1e4)
    range_high_a = parameter("A", "Highest reading", default=1e4)
    time_constant_s = parameter("s", "Time constant τ", default=0.05, low=1e-4)
    felt_a = state("A", "What the element feels, x", default=0.0, nominal=1.0)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Follow and report."""
        through_a = (m.plus.voltage_v - m.minus.voltage_v) / m.shunt_ohm
        reading_a = transducer.reading(
            transducer.seen(m.felt_a, offset=m.offset_a),
            low=m.range_low_a,
            high=m.range_high_a,
            noise=m.noise_a,
            step=m.digit_a,
            dropout=m.dropout_ratio,
        )
        return {
            "plus.current_a": through_a,
            "minus.current_a": -through_a,
            "current_a": through_a,
            "lost_w": through_a**2 * m.shunt_ohm,
            "felt_a.rate": transducer.lag_rate(through_a, m.felt_a, m.time_constant_s),
            "out.value": reading_a,
            "reading_a": reading_a,
        }
