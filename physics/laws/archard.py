"""Wear in proportion to friction work.

Equations  dw/dt = k P
Symbols    w wear, k wear coefficient, P dissipated friction power
Source     Archard (1953), J. Appl. Phys. 24, 981, doi:10.1063/1.1721448: volume ∝ load × sliding distance
Valid      P >= 0; mild wear without a change of mechanism
"""

from typing import Any


def wear_rate_per_s(wear_per_j: Any, friction_power_w: Any) -> Any:
    """Relative wear per second."""
    return wear_per_j * friction_power_w
