"""Cavitation at a pump's inlet: head that is left when the suction head runs short.

Equations  N_a = (p_in - p_v(T)) / (ρ g)      N_r = N_0 n² + N_1 (Q / Q_b)²      p_v = p_20 exp(B (1 / T_20 - 1 / T))
           φ = ½ (1 + tanh(½ [(N_a - N_r) / N_w + ln(0.97 / 0.03)]))
Symbols    N_a and N_r suction head (NPSH) available and required, p_in inlet pressure, p_v vapour pressure, p_20 that
           at T_20 = 20 °C, B evaporation enthalpy over the gas constant, n relative speed, Q flow, Q_b best-efficiency
           flow, N_w width over which the head breaks down, φ share of the head that is left
Source     NPSH3: by definition the head has fallen by 3 % where N_a = N_r, ISO 9906; N_r ∝ n² at like flow: Gülich
           (2014), Centrifugal Pumps, chapter 6; Clausius-Clapeyron
Valid      one liquid without dissolved gas. With B = 5160 K p_v of water is within 5.5 % of steam tables, 0 to 100 °C
"""

from math import log
from typing import Any

import sympy as sp

from physics.laws import constants

HEAD_LEFT_AT_LIMIT = 0.97
"""NPSH3: 3 % of the head is lost where available equals required."""


def vapour_pressure_pa(reference_pa: Any, evaporation_k: Any, temperature_k: Any) -> Any:
    """Vapour pressure from that at 20 °C."""
    return reference_pa * sp.exp(evaporation_k * (1 / constants.ROOM_K - 1 / temperature_k))


def available_m(inlet_pa: Any, vapour_pa: Any, density_kg_per_m3: Any) -> Any:
    """Suction head over vapour pressure; the velocity head at the inlet is neglected."""
    return (inlet_pa - vapour_pa) / (density_kg_per_m3 * constants.GRAVITY_M_PER_S2)


def required_m(still_m: Any, best_m: Any, speed_ratio: Any, squared_flow_share: Any) -> Any:
    """Suction head that the pump needs: `still_m` at nominal speed without flow, `best_m` more at its best flow."""
    return still_m * speed_ratio**2 + best_m * squared_flow_share


def head_left_ratio(spare_m: Any, width_m: Any) -> Any:
    """Share of the head that is left with `spare_m` more suction head available than required."""
    level = log(HEAD_LEFT_AT_LIMIT / (1 - HEAD_LEFT_AT_LIMIT))
    return (1 + sp.tanh((spare_m / width_m + level) / 2)) / 2
