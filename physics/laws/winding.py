"""Copper winding that warms.

Equations  R = R_0 [1 + α (T - T_0)]
Symbols    R resistance, T temperature, R_0 resistance at T_0 = 20 °C, α temperature coefficient
Source     IEC 60028: annealed copper, α = 0.00393 1/K at 20 °C
Valid      -40 to 250 °C
"""

from typing import Any

from physics.laws import constants


def resistance_ohm(cold_ohm: Any, temperature_k: Any) -> Any:
    """Resistance at a temperature."""
    return cold_ohm * (1 + constants.COPPER_PER_K * (temperature_k - constants.ROOM_K))
