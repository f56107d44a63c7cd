"""Heat from a stream to a wall of one temperature.

Equations  Q = |m| (1 - exp(-G / (|m| c))) (h_up - h_w)
Symbols    Q heat to the wall, m mass flow from a to b, c specific heat, G conductance (UA), h_up specific enthalpy
           where the stream comes from, h_w that of liquid at the wall's temperature
Source     effectiveness-NTU with one side of constant temperature: Incropera, DeWitt, Fundamentals of Heat and Mass
           Transfer, chapter 11
Valid      no axial conduction; constant properties
"""

from dataclasses import dataclass
from typing import Any

import sympy as sp

from physics.laws import constants, convection, smooth


@dataclass(frozen=True)
class Exchange:
    """Heat to the wall and what the stream brings to and takes from each end, W into the part."""

    heat_w: Any
    at_a_w: Any
    at_b_w: Any


def exchange(
    mass_flow_kg_per_s: Any, a_j_per_kg: Any, b_j_per_kg: Any, wall_j_per_kg: Any, conductance_w_per_k: Any, c: Any
) -> Exchange:
    """Stream from end a to end b past a wall; `c` is its specific heat. Works in both directions and at rest."""
    size = smooth.absolute(mass_flow_kg_per_s, constants.STILL_FLOW_KG_PER_S)
    forward = (1 + mass_flow_kg_per_s / size) / 2
    effectiveness = 1 - sp.exp(-conductance_w_per_k / (size * c))
    upstream_j_per_kg = forward * a_j_per_kg + (1 - forward) * b_j_per_kg
    heat_w = effectiveness * size * (upstream_j_per_kg - wall_j_per_kg)
    carried_w = convection.enthalpy_flow_w(mass_flow_kg_per_s, a_j_per_kg, b_j_per_kg)
    return Exchange(heat_w, carried_w + (1 - forward) * heat_w, -carried_w + forward * heat_w)
