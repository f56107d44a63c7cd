"""How much of a valve's full flow an opening lets through.

Equations  f = (R^x - 1) / (R - 1)        Q = K f sign(Δp) sqrt(|Δp| / Δp_ref)
Symbols    x opening 0 to 1, R rangeability, K flow coefficient at Δp_ref = 1 bar, Q volume flow
Source     equal percentage, IEC 60534-2-4, shifted so that a shut valve is tight; R near 1 gives a linear valve
Valid      0 <= x <= 1; incompressible, no choking
"""

from typing import Any

from physics.laws import constants, smooth


def opening_share(opening_ratio: Any, rangeability_ratio: Any) -> Any:
    """Share of the full flow coefficient, 0 when shut and 1 when open."""
    return (rangeability_ratio**opening_ratio - 1) / (rangeability_ratio - 1)


def flow_m3_per_s(coefficient_m3_per_s: Any, drop_pa: Any) -> Any:
    """Volume flow of water-like liquid at a pressure drop."""
    width = constants.STILL_PRESSURE_PA / constants.COEFFICIENT_PRESSURE_PA
    return coefficient_m3_per_s * smooth.signed_root(drop_pa / constants.COEFFICIENT_PRESSURE_PA, width)
