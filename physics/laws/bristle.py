"""Dry friction that locks: contact points bend like bristles before they slide.

Equations  dy/dt = (v - |v| y) / δ        F = F_c [y + T_d dy/dt]        |v| = v tanh(v / w)
Symbols    v sliding velocity or speed, y bend of the bristles over their largest, -1 to 1, δ displacement at which
           they slide, F_c dry friction, T_d damping time of the bristles, w width
Source     Dahl (1968), Aerospace Corp. TOR-0158; with bristle damping: Canudas de Wit, Olsson, Åström, Lischinsky
           (1995), doi:10.1109/9.376053. Stiffness F_c / δ: contact stiffness grows with the clamping force
Valid      |y| <= 1. Held below F_c a body stands still, displaced by y δ at most; passive for every T_d >= 0, since
           v² - v |v| y >= 0
"""

from dataclasses import dataclass
from typing import Any

from physics.laws import smooth


@dataclass(frozen=True)
class Grip:
    """Friction against motion (force or torque), how fast the bristles bend (1/s), power turned into heat, and work
    that the bent bristles take up at an unchanged clamping force.
    """

    friction: Any
    bend_rate_per_s: Any
    lost_w: Any
    stored_w: Any


def grip(velocity: Any, bend: Any, dry: Any, *, slide: Any, damping_s: Any, width: Any) -> Grip:
    """One sliding pair; `slide` is the displacement δ, in the unit of velocity times seconds."""
    size = velocity * smooth.sign(velocity, width)
    rate = (velocity - size * bend) / slide
    stored = dry * bend * slide * rate
    lost = dry * (size * bend**2 + damping_s * rate * velocity)
    return Grip(dry * (bend + damping_s * rate), rate, lost, stored)
