"""Flow through an opening, driven by a pressure difference.

Equations  Q = C A sign(Δp) sqrt(2 |Δp| / ρ)
Symbols    Q volume flow, C discharge coefficient, A area, Δp pressure difference, ρ density
Source     Torricelli (1643); coefficients in Idelchik, Handbook of Hydraulic Resistance, diagram 4-18
Valid      turbulent; linear in Δp below the named width
"""

from typing import Any

import sympy as sp

from physics.laws import smooth


def flow_m3_per_s(discharge_ratio: Any, area_m2: Any, drop_pa: Any, density_kg_per_m3: Any, width_pa: Any) -> Any:
    """Volume flow in the direction of the falling pressure."""
    return discharge_ratio * area_m2 * sp.sqrt(2 / density_kg_per_m3) * smooth.signed_root(drop_pa, width_pa)
