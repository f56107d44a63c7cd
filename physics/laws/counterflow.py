"""Two streams in counterflow.

Equations  Q = ΔT G φ / (1 + G φ / C_max)        φ = (1 - exp(-y)) / y        y = G |1 / C_1 - 1 / C_2|
Symbols    Q heat from stream 1 to stream 2, ΔT difference of the entering temperatures, G conductance (UA), C_1 and C_2
           capacity rates |m| c, C_max the larger of them
Source     effectiveness-NTU, ε = (1 - e^(-N (1 - R))) / (1 - R e^(-N (1 - R))): Incropera, DeWitt, Fundamentals of Heat
           and Mass Transfer, chapter 11; written so that equal capacity rates are no special case
Valid      both streams forward or both backward; constant properties, no conduction along the streams
"""

from typing import Any

import sympy as sp

from physics.laws import constants, smooth


def heat_w(difference_k: Any, conductance_w_per_k: Any, a_w_per_k: Any, b_w_per_k: Any) -> Any:
    """Heat from stream a to stream b; both capacity rates above zero."""
    slow, fast = 1 / a_w_per_k, 1 / b_w_per_k
    apart = smooth.absolute(slow - fast, constants.STILL_RATIO * (slow + fast))
    number = conductance_w_per_k * apart
    reached_w_per_k = conductance_w_per_k * (1 - sp.exp(-number)) / number
    return difference_k * reached_w_per_k / (1 + reached_w_per_k * (slow + fast - apart) / 2)
