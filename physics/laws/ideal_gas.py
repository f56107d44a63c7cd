"""Ideal gas with a constant heat capacity.

Equations  c_p = κ R / (κ - 1)        ρ = p / (R T)        h = c_p (T - 273.15 K)
Symbols    c_p specific heat at constant pressure, κ heat capacity ratio, R gas constant, ρ density, p absolute
           pressure, T temperature, h specific enthalpy counted from the ice point
Source     ideal gas; air: R = 287.05 J/(kg K), κ = 1.400 (ISO 2533)
Valid      air to some 20 bar and 200 °C within 2 %; no condensation
"""

from typing import Any

from physics.laws import constants


def specific_heat_j_per_kg_k(gas_constant_j_per_kg_k: Any, heat_ratio: Any) -> Any:
    """Specific heat at constant pressure."""
    return heat_ratio * gas_constant_j_per_kg_k / (heat_ratio - 1)


def density_kg_per_m3(pressure_pa: Any, temperature_k: Any, gas_constant_j_per_kg_k: Any) -> Any:
    """Density."""
    return pressure_pa / (gas_constant_j_per_kg_k * temperature_k)


def temperature_k(enthalpy_j_per_kg: Any, gas_constant_j_per_kg_k: Any, heat_ratio: Any) -> Any:
    """Temperature of gas of that specific enthalpy."""
    return constants.ICE_POINT_K + enthalpy_j_per_kg / specific_heat_j_per_kg_k(gas_constant_j_per_kg_k, heat_ratio)


def enthalpy_j_per_kg(temperature_k: Any, gas_constant_j_per_kg_k: Any, heat_ratio: Any) -> Any:
    """Specific enthalpy."""
    return specific_heat_j_per_kg_k(gas_constant_j_per_kg_k, heat_ratio) * (temperature_k - constants.ICE_POINT_K)
