"""Dry and viscous friction of a sliding or turning pair.

Equations  F = [F_c + (F_s - F_c) exp(-(v / v_s)²)] tanh(v / w) + b v
Symbols    F friction against motion, v velocity or speed, F_c dry friction, F_s breakaway friction, v_s Stribeck
           speed, w width, b viscous coefficient
Source     Stribeck (1902); form of Armstrong-Helouvry, Dupont, Canudas de Wit (1994),
           doi:10.1016/0005-1098(94)90209-7
Valid      no presliding: below the width a held body creeps
"""

from typing import Any

import sympy as sp

from physics.laws import smooth


def friction(velocity: Any, *, dry: Any, viscous: Any, width: Any) -> Any:
    """Dry plus viscous friction, odd in velocity; force or torque, as the arguments are."""
    return dry * smooth.sign(velocity, width) + viscous * velocity


def stribeck(velocity: Any, *, dry: Any, breakaway: Any, speed: Any, width: Any) -> Any:
    """Dry friction that falls from breakaway to dry as motion builds up."""
    return (dry + (breakaway - dry) * sp.exp(-((velocity / speed) ** 2))) * smooth.sign(velocity, width)


def two_sided(velocity: Any, forward: Any, backward: Any, width: Any) -> Any:
    """Dry friction of another size in each direction; zero at rest and always against motion."""
    direction = smooth.sign(velocity, width)
    return direction * ((forward + backward) + (forward - backward) * direction) / 2
