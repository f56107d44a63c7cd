"""Ageing that heat speeds up.

Equations  da/dt = 1 / L exp[B (1 / T_ref - 1 / T)]
Symbols    a used share of life, L life at T_ref, T absolute temperature, B activation energy over Boltzmann's
           constant
Source     Dakin (1948), AIEE Trans. 67, 113; IEEE Std 101: insulation B ≈ 1.2e4 K, life halves every 8 to 10 K
Valid      one chemical mechanism over the whole range
"""

from typing import Any

import sympy as sp


def ageing_rate_per_s(life_s: Any, activation_k: Any, reference_k: Any, temperature_k: Any) -> Any:
    """Share of life used per second."""
    return sp.exp(activation_k * (1 / reference_k - 1 / temperature_k)) / life_s
