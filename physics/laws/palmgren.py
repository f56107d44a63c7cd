"""Fatigue of a rolling bearing.

Equations  L_10 = (C / P)^p million turns        da/dt = |ω| / (2 π 10⁶) (P / C)^p        P = X F_r + Y F_a
Symbols    C dynamic load rating, P equivalent load, p = 3 for balls and 10/3 for rollers, a used share of the life that
           90 % of bearings reach, ω speed, F_r radial and F_a axial load, X and Y their factors
Source     Palmgren (1924), Lundberg, Palmgren (1947); ISO 281:2007, formulas 1 to 4; sum of shares: Miner (1945)
Valid      P <= C / 2; clean, well lubricated; loads are counted as sizes, never negative
"""

from typing import Any

import sympy as sp

from physics.laws import smooth

TURNS_PER_MILLION = 1e6

UNLOADED_RATIO = 1e-6
"""Load over rating that counts as none: life is then 10¹⁸ million turns."""


def equivalent_n(radial_n: Any, axial_n: Any, radial_factor: Any, axial_factor: Any) -> Any:
    """Equivalent dynamic load of the two components."""
    return radial_factor * radial_n + axial_factor * axial_n


def used_per_s(speed_rad_per_s: Any, load_n: Any, rating_n: Any, exponent: Any, width_rad_per_s: Any) -> Any:
    """Share of the L10 life used in a second."""
    turns_per_s = speed_rad_per_s * smooth.sign(speed_rad_per_s, width_rad_per_s) / (2 * sp.pi)
    share = sp.Max(load_n / rating_n, UNLOADED_RATIO)
    return turns_per_s / TURNS_PER_MILLION * sp.exp(exponent * sp.log(share))
