"""Level sensor by hydrostatic pressure, with lag, offset and range.

Equations  true = (p - p_atm) / (ρ g)        τ dx/dt = true - x        reading = clip(x + offset, low, high)
Symbols    x what the element feels, τ its time constant, p pressure at the tapping, ρ density
Source     physics/laws/transducer.py
Valid      noise belongs to the tag (plant.yaml, noise_sd), not to the law
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, parameter, state
from physics.laws import constants, transducer


class LevelSensor(Component):
    """Reads the level of an open tank at its bottom."""

    name = "level_sensor"
    tap = Port("liquid", "tapping at the bottom; takes no flow")
    out = Port("signal", "reading", fixes=True, unit="m")
    density_kg_per_m3 = parameter("kg/m**3", "Density ρ", default=998.2, low=1.0)
    offset_m = parameter("m", "Offset of the reading", default=0.0)
    range_low_m = parameter("m", "Lowest reading", default=0.0)
    range_high_m = parameter("m", "Highest reading", default=10.0)
    time_constant_s = parameter("s", "Time constant τ", default=1.0, low=1e-4)
    felt_m = state("m", "What the element feels, x", default=0.5, nominal=1.0)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Follow and report."""
        reading_m = transducer.reading(m.felt_m, offset=m.offset_m, low=m.range_low_m, high=m.range_high_m)
        return {
            "felt_m.rate": transducer.lag_rate(
                (m.tap.pressure_pa - constants.ATMOSPHERE_PA) / (m.density_kg_per_m3 * constants.GRAVITY_M_PER_S2),
                m.felt_m,
                m.time_constant_s,
            ),
            "out.value": reading_m,
            "reading_m": reading_m,
        }
