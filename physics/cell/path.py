"""A joint motion through given postures, as fast as the joints' speed and acceleration limits allow.

Equations  q(t) = c(σ(t / T))        σ(u) = 10 u³ − 15 u⁴ + 6 u⁵
           T = largest over the path of |c'σ'| / v and √(|c''σ'² + c'σ''| / a)
Symbols    c cubic spline through the postures, σ quintic that begins and ends at rest, v and a limits of each joint
Source     Biagiotti and Melchiorri, Trajectory Planning (2008), sections 2.1.7 (quintic) and 5.2 (scaling of time)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.interpolate import CubicSpline

from physics.cell.chain import Chain, Floats

FINE = 400
"""Points along a path at which the limits are looked at."""


@dataclass(frozen=True)
class Path:
    """A motion in equal steps of time, from rest to rest: positions, speeds, accelerations, each [N, J]."""

    position: Floats
    speed: Floats
    acceleration: Floats
    duration_s: float


def plan(chain: Chain, postures: Floats, *, step_s: float, speed_ratio: float = 1.0) -> Path:
    """The quickest quintic motion through these postures.

    Args:
        chain: The arm with its limits.
        postures: From first to last, shape [N, J]; neighbours that are equal count once.
        step_s: Time between rows of the path.
        speed_ratio: Share of the speed limits to use; accelerations follow with its square.
    """
    v, a = chain.speed * speed_ratio, chain.acceleration * speed_ratio**2
    gaps = (np.abs(np.diff(postures, axis=0)) / v).max(axis=1)
    kept = postures[np.r_[True, gaps > 1e-9]]
    if len(kept) < 2:
        return Path(postures[:1], np.zeros_like(postures[:1]), np.zeros_like(postures[:1]), 0.0)
    knots = np.r_[0.0, np.cumsum(gaps[gaps > 1e-9])]
    curve = CubicSpline(knots / knots[-1], kept, bc_type="natural")
    position, speed, push = _sampled(curve, np.linspace(0.0, 1.0, FINE))
    duration = max(float((np.abs(speed) / v).max()), float(np.sqrt((np.abs(push) / a).max())))
    rows = max(int(np.ceil(duration / step_s)), 1)
    duration = rows * step_s
    position, speed, push = _sampled(curve, np.linspace(0.0, 1.0, rows + 1))
    return Path(position, speed / duration, push / duration**2, duration)


def _sampled(curve: CubicSpline, u: Floats) -> tuple[Floats, Floats, Floats]:
    """Position and its first two derivatives by the share of time u."""
    s, first, second = u**3 * (10 - 15 * u + 6 * u**2), 30 * u**2 * (1 - u) ** 2, 60 * u * (1 - u) * (1 - 2 * u)
    slope, bend = curve(s, 1), curve(s, 2)
    return curve(s), slope * first[:, None], bend * first[:, None] ** 2 + slope * second[:, None]
