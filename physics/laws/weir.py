"""Water over a rim.

Equations  Q = 2/3 C b sqrt(2 g) h^(3/2)
Symbols    Q volume flow, C discharge coefficient (0.6 for a sharp edge), b width of the rim, h level above the rim
Source     Poleni (1717); Rehbock's coefficient in Chow (1959), Open-Channel Hydraulics, section 14-1
Valid      free fall behind the rim; the edge is rounded over 1 mm
"""

from typing import Any

import sympy as sp

from physics.laws import constants, smooth


def flow_m3_per_s(discharge_ratio: Any, width_m: Any, above_rim_m: Any) -> Any:
    """Volume flow over a rim; zero while the level stays below."""
    head_m = smooth.positive_part(above_rim_m, constants.EDGE_LEVEL_M)
    fall_speed_m_per_s = sp.sqrt(2 * constants.GRAVITY_M_PER_S2 * head_m)
    return sp.Rational(2, 3) * discharge_ratio * width_m * head_m * fall_speed_m_per_s
