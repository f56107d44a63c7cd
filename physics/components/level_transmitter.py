"""Level sensor with a voltage output, as a data logger sees it, that may stick and clips at the end of its range.

Equations  true = (p - p_atm) / (ρ g)        τ dx/dt = (e - h)+ - (-e - h)+, e = true - x
           reading = clip(round(gain [x + κ (x - x_m)²] + offset + n, q), low, high), low when lost
Symbols    x what the element feels, τ its time constant, n noise, q last digit, h half its play, p pressure
           at the tapping, ρ density, κ curvature of the characteristic around the level x_m where the gain holds
Source     physics/laws/transducer.py
Valid      |κ| ≤ 1 / (2 x_m): beyond it the reading would turn round below 2 x_m; noise and dropout are inputs, none by
           default
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, drive, parameter, state
from physics.laws import constants, transducer


class LevelTransmitter(Component):
    """Reads the level of an open tank as a voltage."""

    name = "level_transmitter"
    tap = Port("liquid", "tapping at the bottom; takes no flow")
    out = Port("signal", "reading", fixes=True, unit="V")
    density_kg_per_m3 = parameter("kg/m**3", "Density ρ", default=998.2, low=1.0)
    gain_v_per_m = parameter("V/m", "Gain at the middle level", default=10.0)
    curvature_per_m = parameter("1/m", "Curvature κ of the characteristic", default=0.0, low=-1.0, high=1.0)
    middle_level_m = parameter("m", "Level x_m where the gain holds", default=0.5, low=0.0)
    offset_v = parameter("V", "Offset of the reading", default=0.0)
    noise_v = drive("V", "Noise n added to the reading", default=0.0)
    dropout_ratio = drive("1", "Share of the signal that is lost, 1 in a dropout", default=0.0, low=0.0, high=1.0)
    digit_v = parameter("V", "Last digit q of the reading; 0 for none", default=0.0, low=0.0)
    range_low_v = parameter("V", "Lowest reading", default=0.0)
    range_high_v = parameter("V", "Highest reading", default=10.0)
    time_constant_s = parameter("s", "Time constant τ", default=0.1, low=1e-4)
    play_m = parameter("m", "Play of a float or its guide, 2 h", default=0.0, low=0.0)
    felt_m = state("m", "What the element feels, x", default=0.5, nominal=1.0)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Follow and report."""
        reading_v = transducer.reading(
            transducer.seen(
                m.felt_m, gain=m.gain_v_per_m, offset=m.offset_v, curvature=m.curvature_per_m, middle=m.middle_level_m
            ),
            low=m.range_low_v,
            high=m.range_high_v,
            noise=m.noise_v,
            step=m.digit_v,
            dropout=m.dropout_ratio,
        )
        return {
            "felt_m.rate": transducer.play_rate(
                (m.tap.pressure_pa - constants.ATMOSPHERE_PA) / (m.density_kg_per_m3 * constants.GRAVITY_M_PER_S2),
                m.felt_m,
                m.time_constant_s,
                m.play_m / 2,
                constants.EDGE_LEVEL_M,
            ),
            "out.value": reading_v,
            "reading_v": reading_v,
        }
