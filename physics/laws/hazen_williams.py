"""Flow of water in a full pipe by the waterworks' formula.

Equations  v = v_1 C (D / (4 R_1))^0.63 S |S|^(-0.46)        S = Δp / (ρ g L)
Symbols    v mean velocity, C roughness coefficient (150 plastic, 130 new iron, 100 old), D diameter, S slope of the
           head line, Δp pressure loss, L length, ρ density, v_1 = 0.849 m/s at hydraulic radius R_1 = 1 m
Source     Williams, Hazen (1905), Hydraulic Tables; metric constant as in EPANET 2.2's manual, section 12.1
Valid      water near 15 °C, D above 50 mm, v below 3 m/s; linear in Δp below the named width
"""

from typing import Any

from physics.laws import constants

RADIUS_EXPONENT, SLOPE_EXPONENT = 0.63, 0.54


def velocity_m_per_s(drop_pa: Any, length_m: Any, diameter_m: Any, coefficient: Any, density_kg_per_m3: Any) -> Any:
    """Mean velocity that a pressure loss drives."""
    weight_pa = density_kg_per_m3 * constants.GRAVITY_M_PER_S2 * length_m
    slope, width = drop_pa / weight_pa, constants.STILL_PRESSURE_PA / weight_pa
    radius = diameter_m / (4 * constants.HAZEN_WILLIAMS_RADIUS_M)
    shape = slope * (slope**2 + width**2) ** ((SLOPE_EXPONENT - 1) / 2)
    return constants.HAZEN_WILLIAMS_M_PER_S * coefficient * radius**RADIUS_EXPONENT * shape
