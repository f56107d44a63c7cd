"""Flow in a full round pipe, laminar to rough, without iteration.

Equations  v_t = s 2 log10(1 + 1 / (k / (3.7 D) + 2.51 ν / (D s)))        s = sqrt(2 D Δp / (ρ L))
           v_l = s² D / (64 ν)        v = v_l / (1 + (v_l / v_t)⁸)^(1/8)
Symbols    v mean velocity (t turbulent, l laminar), Δp pressure loss, L length, D diameter, k roughness, ν kinematic
           viscosity, ρ density
Source     Darcy-Weisbach with Colebrook (1939), doi:10.1680/ijoti.1939.13150, explicit because Re sqrt(f) = D s / ν
           needs no velocity; Hagen-Poiseuille. The 1 inside the logarithm keeps it positive (adds at most 0.12 % to
           v).
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
