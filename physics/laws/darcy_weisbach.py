"""Flow in a full round pipe, laminar to rough, without iteration.

Equations  v_t = s 2 log10(1 + 1 / (k / (3.7 D) + 2.51 ν / (D s)))        s = sqrt(2 D Δp / (ρ L))
           v_l = s² D / (64 ν)        v = v_l / (1 + (v_l / v_t)⁸)^(1/8)
           the other way: Δp = (L / D) ρ v (Δ_l⁸ + Δ_t⁸)^(1/8) / 2        Δ_l = 64 ν / D        Δ_t = f |v|
           1 / sqrt(f) = 1.8 log10(1 + 1 / ((k / (3.7 D))^1.11 + 6.9 / Re))
Symbols    v mean velocity (t turbulent, l laminar), Δp pressure loss, L length, D diameter, k roughness, ν kinematic
           viscosity, ρ density, f friction factor, Re = |v| D / ν
Source     Darcy-Weisbach with Colebrook (1939), doi:10.1680/ijoti.1939.13150, explicit because Re sqrt(f) = D s / ν
           needs no velocity; Hagen-Poiseuille. The other way: Haaland (1983), doi:10.1115/1.3240948, within 2 % of
           Colebrook. The 1 inside each logarithm keeps it positive (adds at most 0.12 % to v).
Valid      fully developed flow; between Re 1000 and 4000 the lower of both is a convention
"""

from typing import Any

import sympy as sp

from physics.laws import constants, smooth


def velocity_m_per_s(drop_pa: Any, length_m: Any, diameter_m: Any, roughness_m: Any, nu: Any, rho: Any) -> Any:
    """Mean velocity that a pressure loss drives; `nu` kinematic viscosity m²/s, `rho` density kg/m³."""
    slope = 2 * diameter_m / (rho * length_m)
    squared = slope * smooth.absolute(drop_pa, constants.STILL_PRESSURE_PA / 100)
    scale = sp.sqrt(squared)
    resistance = roughness_m / (3.7 * diameter_m) + 2.51 * nu / (diameter_m * scale)
    turbulent = scale * 2 * sp.log(1 + 1 / resistance) / sp.log(10)
    laminar_share = squared * diameter_m / (64 * nu) / turbulent
    return slope * drop_pa * diameter_m / (64 * nu) / sp.sqrt(sp.sqrt(sp.sqrt(1 + laminar_share**8)))


def loss_pa(velocity_m_per_s: Any, length_m: Any, diameter_m: Any, roughness_m: Any, nu: Any, rho: Any) -> Any:
    """Pressure loss at a mean velocity, the larger of laminar and turbulent, smooth through rest."""
    laminar_m_per_s = 64 * nu / diameter_m
    size_m_per_s = smooth.absolute(velocity_m_per_s, laminar_m_per_s / 2)  # Re = 32, where laminar rules by far
    rough = (roughness_m / (3.7 * diameter_m)) ** sp.Float(1.11) + 6.9 * nu / (size_m_per_s * diameter_m)
    root = sp.Float(1.8) * sp.log(1 + 1 / rough) / sp.log(10)
    turbulent_m_per_s = size_m_per_s / root**2
    both = laminar_m_per_s * sp.sqrt(sp.sqrt(sp.sqrt(1 + (turbulent_m_per_s / laminar_m_per_s) ** 8)))
    return length_m / diameter_m * rho / 2 * velocity_m_per_s * both
