"""Pressure sensor in a gas, with lag, offset, noise, last digit, range and dropout; reads absolute pressure.

Equations  true = p        τ dx/dt = true - x
           reading = clip(round(x + offset + n, q), low, high), low when lost
Symbols    x what the element feels, τ its time constant, n noise, q last digit, p absolute pressure at the tapping
Source     physics/laws/transducer.py
Valid      noise and dropout are inputs, none by default
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, drive, parameter, state
from physics.laws import transducer


class GasPressureSensor(Component):
    """Reads a pressure; give an offset of minus one atmosphere for gauge pressure."""

    name = "gas_pressure_sensor"
    tap = Port("gas", "tapping; takes no flow")
    out = Port("signal", "reading", fixes=True, unit="Pa")
    offset_pa = parameter("Pa", "Offset of the reading", default=0.0)
    noise_pa = drive("Pa", "Noise n added to the reading", default=0.0)
    dropout_ratio = drive("1", "Share of the signal that is lost, 1 in a dropout", default=0.0, low=0.0, high=1.0)
    digit_pa = parameter("Pa", "Last digit q of the reading; 0 for none", default=0.0, low=0.0)
    range_low_pa = parameter("Pa", "Lowest reading", default=-1e5)
    range_high_pa = parameter("Pa", "Highest reading", default=2.5e6)
    time_constant_s = parameter("s", "Time constant τ", default=1.0, low=1e-4)
    felt_pa = state("Pa", "What the element feels, x", default=101325.0, nominal=1e5)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Follow and report."""
        reading_pa = transducer.reading(
            transducer.seen(m.felt_pa, offset=m.offset_pa),
            low=m.range_low_pa,
            high=m.range_high_pa,
            noise=m.noise_pa,
            step=m.digit_pa,
            dropout=m.dropout_ratio,
        )
        return {
            "felt_pa.rate": transducer.lag_rate(m.tap.pressure_pa, m.felt_pa, m.time_constant_s),
            "out.value": reading_pa,
            "reading_pa": reading_pa,
        }
