"""Heat from a stream to a wall of one temperature.

Equations  Q = m c (1 - exp(-G / (m c))) (T_in - T_w)
Symbols    Q heat to the wall, m mass flow, c specific heat, G conductance (UA), T_in inlet, T_w wall
Source     effectiveness-NTU with one side of constant temperature: Incropera, Fundamentals of Heat Transfer, ch. 11
Valid      no axial conduction; constant properties
"""

from typing import Any

import sympy as sp

from physics.laws import constants, smooth


def exchange_w_per_k(mass_flow_kg_per_s: Any, specific_heat_j_per_kg_k: Any, conductance_w_per_k: Any) -> Any:
    """Heat to the wall per kelvin between inlet and wall; falls with the flow, never above the conductance."""
    capacity = smooth.absolute(mass_flow_kg_per_s, constants.STILL_FLOW_KG_PER_S) * specific_heat_j_per_kg_k
    return capacity * (1 - sp.exp(-conductance_w_per_k / capacity))
