"""Inline flow meter with a small pressure loss, lag, gain, offset, noise, last digit, range and dropout.

Equations  Q = K root(Δp / 1 bar)        τ dx/dt = Q - x
           reading = clip(round(gain x + offset + n, q), low, high), low when lost
Symbols    x what the element feels, τ its time constant, n noise, q last digit, Q volume flow, Δp pressure drop, ρ
           density
Source     physics/laws/transducer.py
Valid      noise and dropout are inputs, none by default
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, drive, parameter, state
from physics.laws import convection, transducer, valve_characteristic


class FlowMeter(Component):
    """Reads the volume flow through it."""

    name = "flow_meter"
    inlet = Port("liquid", "inlet")
    outlet = Port("liquid", "outlet")
    out = Port("signal", "reading", fixes=True, unit="m**3/s")
    density_kg_per_m3 = parameter("kg/m**3", "Density ρ", default=998.2, low=1.0)
    flow_coefficient_m3_per_s = parameter("m**3/s", "Flow K at 1 bar of loss", default=2e-2, low=1e-9)
    gain_ratio = parameter("1", "Gain of the reading", default=1.0)
    offset_m3_per_s = parameter("m**3/s", "Offset of the reading", default=0.0)
    noise_m3_per_s = drive("m**3/s", "Noise n added to the reading", default=0.0)
    dropout_ratio = drive("1", "Share of the signal that is lost, 1 in a dropout", default=0.0, low=0.0, high=1.0)
    digit_m3_per_s = parameter("m**3/s", "Last digit q of the reading; 0 for none", default=0.0, low=0.0)
    range_low_m3_per_s = parameter("m**3/s", "Lowest reading", default=-1.0)
    range_high_m3_per_s = parameter("m**3/s", "Highest reading", default=1.0)
    time_constant_s = parameter("s", "Time constant τ", default=1.0, low=1e-4)
    felt_m3_per_s = state("m**3/s", "What the element feels, x", default=0.0, nominal=1e-3)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Follow and report."""
        drop_pa = m.inlet.pressure_pa - m.outlet.pressure_pa
        flow_m3_per_s = valve_characteristic.flow_m3_per_s(m.flow_coefficient_m3_per_s, drop_pa)
        reading_m3_per_s = transducer.reading(
            transducer.seen(m.felt_m3_per_s, gain=m.gain_ratio, offset=m.offset_m3_per_s),
            low=m.range_low_m3_per_s,
            high=m.range_high_m3_per_s,
            noise=m.noise_m3_per_s,
            step=m.digit_m3_per_s,
            dropout=m.dropout_ratio,
        )
        return {
            **convection.passage(m, m.density_kg_per_m3 * flow_m3_per_s, drop_pa * flow_m3_per_s),
            "flow_m3_per_s": flow_m3_per_s,
            "felt_m3_per_s.rate": transducer.lag_rate(flow_m3_per_s, m.felt_m3_per_s, m.time_constant_s),
            "out.value": reading_m3_per_s,
            "reading_m3_per_s": reading_m3_per_s,
        }
