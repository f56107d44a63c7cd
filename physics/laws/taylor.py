"""Life of a cutting tool.

Equations  T = T_r (v / v_r)^(-1/n) (f / f_r)^-p
Symbols    T tool life, v cutting speed, f feed, T_r life at reference speed v_r and feed f_r, n Taylor's exponent, p
           exponent of the feed
Source     Taylor (1907), Trans. ASME 28, 31: v T^n = C, extended by the feed
Valid      one wear mechanism; cutting speed below a thousandth of the reference counts as that
"""

from typing import Any

import sympy as sp

from physics.laws import constants


def life_s(speed_ratio: Any, feed_ratio: Any, *, life_s: Any, taylor_ratio: Any, feed_exponent: Any) -> Any:
    """Cutting time until the wear criterion is reached."""
    speed = sp.Max(speed_ratio, constants.STILL_RATIO)
    return life_s * sp.exp(-sp.log(speed) / taylor_ratio - feed_exponent * sp.log(feed_ratio))
