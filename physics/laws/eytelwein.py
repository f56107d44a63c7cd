"""Flat belt round a pulley: how much force it can pass on, and how much it creeps before it slips.

Equations  F_max = 2 (F_0 - q v²) tanh(μ α / 2)        F = clip(E A s, -F_max, F_max)        s = (v_a - v_b) / |v|
Symbols    F force passed on (tight minus slack side), F_0 tension of each side at rest, q mass per length, v belt
           speed, μ friction, α wrap angle, E A stiffness (force per strain), s creep, v_a and v_b rim speeds
Source     Euler (1769), Eytelwein (1808): F_1 / F_2 = exp(μ α); with F_1 + F_2 = 2 F_0 follows F_max. Elastic creep:
           Johnson (1985), Contact Mechanics, section 8.2
Valid      fixed centre distance; belt mass matters through q v² only; the corner between creep and slip is cut over a
           thousandth of F_max
"""

from typing import Any

import sympy as sp

from physics.laws import constants, smooth


def limit_n(tension_n: Any, mass_kg_per_m: Any, speed_m_per_s: Any, friction_ratio: Any, wrap_rad: Any) -> Any:
    """Largest difference between tight and slack side, N."""
    pressed_n = smooth.positive_part(tension_n - mass_kg_per_m * speed_m_per_s**2, constants.STILL_RATIO * tension_n)
    return 2 * pressed_n * sp.tanh(friction_ratio * wrap_rad / 2)


def passed_n(difference_m_per_s: Any, speed_m_per_s: Any, stiffness_n: Any, limit_n: Any, still_m_per_s: Any) -> Any:
    """Force that a difference of rim speeds pulls through; below `still_m_per_s` the belt holds like a damper."""
    creep = difference_m_per_s / smooth.absolute(speed_m_per_s, still_m_per_s)
    return smooth.clip(stiffness_n * creep, -limit_n, limit_n, constants.STILL_RATIO * limit_n)
