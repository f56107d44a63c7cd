"""Surface in air or liquid: natural and forced convection, less as it gets dirty.

Equations  Q = A h (T_s - T_f)        h = (1 + x) (h_n³ + h_f³)^(1/3) / (1 + f)        df/dt = k
           h_n = h_10 (|T_s - T_f| / 10 K)^(1/4)        h_f = h_r (v / v_r)^0.8
Symbols    Q heat to the fluid, A area, T_s surface and T_f fluid temperature, h_n natural part, h_10 that at 10 K, h_f
           forced part, h_r that at the reference velocity v_r, v velocity, f dirt, k its growth, x learned extra
           transfer
Source     laminar plate h_n ∝ ΔT^(1/4), turbulent plate h_f ∝ v^0.8: Incropera, DeWitt, Fundamentals of Heat and Mass
           Transfer, chapters 7 and 9; cubes added: Churchill (1977), AIChE J. 23, 10, doi:10.1002/aic.690230103
Valid      no radiation, no boiling; ΔT rounded over 0.1 K, v over a thousandth of v_r
"""

from types import SimpleNamespace
from typing import Any

import sympy as sp

from physics.contract import Component, Correction, Failure, Port, drive, parameter, state
from physics.laws import constants, smooth

NATURAL_EXPONENT, FORCED_EXPONENT = sp.Rational(1, 4), sp.Rational(4, 5)


class Convection(Component):
    """Heat from a surface to the fluid around it."""

    name = "convection"
    surface = Port("thermal", "the surface")
    fluid = Port("thermal", "air or liquid around it")
    velocity_m_per_s = drive("m/s", "Velocity v of the fluid", default=0.0, low=0.0)
    area_m2 = parameter("m**2", "Area A", default=1.0, low=0.0)
    natural_w_per_m2_k = parameter("W/(m**2*K)", "Natural part h_10 at 10 K", default=5.0, low=0.0)
    forced_w_per_m2_k = parameter("W/(m**2*K)", "Forced part h_r at the reference velocity", default=20.0, low=0.0)
    reference_m_per_s = parameter("m/s", "Reference velocity v_r", default=5.0, low=1e-3)
    dirt_per_s = parameter("1/s", "Growth k of dirt", default=0.0, low=0.0)
    dirt_ratio = state("1", "Added thermal resistance over clean resistance, f", low=0.0, slow=True)
    extra_transfer_ratio = Correction("1", "Heat transfer that the law misses, x", low=-0.6, high=0.6)
    failures = (Failure("dirty", when="dirt_ratio", limit=1.0, action="clean"),)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Let heat go to the fluid."""
        difference_k = m.surface.temperature_k - m.fluid.temperature_k
        span = smooth.absolute(difference_k, constants.STILL_SPAN_K) / constants.NATURAL_SPAN_K
        natural = m.natural_w_per_m2_k * span**NATURAL_EXPONENT
        moving = smooth.positive_part(m.velocity_m_per_s / m.reference_m_per_s, constants.STILL_RATIO)
        forced = m.forced_w_per_m2_k * moving**FORCED_EXPONENT
        clean = (natural**3 + forced**3) ** sp.Rational(1, 3)
        transfer_w_per_m2_k = clean * (1 + m.extra_transfer_ratio) / (1 + m.dirt_ratio)
        heat_w = m.area_m2 * transfer_w_per_m2_k * difference_k
        return {
            "surface.heat_flow_w": heat_w,
            "fluid.heat_flow_w": -heat_w,
            "dirt_ratio.rate": m.dirt_per_s,
            "extra_transfer_ratio.features": (difference_k / constants.WARM_SPAN_K, moving),
            "heat_flow_w": heat_w,
            "transfer_w_per_m2_k": transfer_w_per_m2_k,
        }
