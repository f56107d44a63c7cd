"""Joint positions that bring the tool to a pose, within the joints' limits, for many poses at once.

Equations  Δq = Jᵀ (J Jᵀ + λ² I)⁻¹ e
Symbols    e error of place (m) and of turning (rad), J Jacobian, λ damping, which holds steps small near singularities
Source     Wampler (1986), doi:10.1109/TSMC.1986.289285; Nakamura and Hanafusa (1986), doi:10.1115/1.3143764
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from physics.cell.chain import Chain, Floats, cross, jacobian

PLACE_M, TURN_RAD = 2e-4, 2e-3
"""A pose counts as reached within this: a tenth of what a suction cup forgives."""
ROUNDS, SEEDS = 40, 6
"""Of one way to look, and other postures to begin from: what these do not find lies out of reach in practice."""
DAMPING = 0.03
ALIGNED = 1e-9
"""Sine below which two sets of axes stand alike, or exactly reversed, where the axis of the turn shows elsewhere."""
LONGEST_STEP, STALLED = 0.3, 1e-5
"""Largest change of a joint in a round, rad or m, beyond which the Jacobian no longer speaks; and no change at all."""


def down(yaw_rad: Floats) -> Floats:
    """Axes of a tool that points straight down and is turned by yaw about the vertical, shape [W, 3, 3]."""
    c, s, zero = np.cos(yaw_rad), np.sin(yaw_rad), np.zeros_like(yaw_rad)
    x, y = np.stack([c, s, zero], axis=-1), np.stack([s, -c, zero], axis=-1)
    return np.stack([x, y, np.broadcast_to([0.0, 0.0, -1.0], x.shape)], axis=-1)


def solve(chain: Chain, tip_m: Floats, axes: Floats, start: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Joint positions near `start` that bring the tool there.

    Args:
        chain: The arm.
        tip_m: Where the tool's tip shall be, shape [W, 3].
        axes: How its axes shall stand, as columns, shape [W, 3, 3].
        start: Where to begin to look, shape [W, J].
    Returns: Joint positions [W, J], and where they reach the pose [W].
    """
    position = np.clip(start, chain.low, chain.high)
    for _round in range(ROUNDS):
        tip, now, slopes = jacobian(chain, position)
        error = np.concatenate([tip_m - tip, _turning(now, axes)], axis=1)
        reached = _small(error)
        if reached.all():
            break
        square = slopes @ np.swapaxes(slopes, 1, 2) + DAMPING**2 * np.minimum(1.0, _norm(error))[
            :, None, None
        ] * np.eye(6)
        step = np.einsum("wij,wi->wj", slopes, np.linalg.solve(square, error[..., None])[..., 0])
        step *= np.minimum(1.0, LONGEST_STEP / np.maximum(np.abs(step).max(axis=1), 1e-12))[:, None]
        before = position
        position = np.clip(position + np.where(reached[:, None], 0.0, step), chain.low, chain.high)
        if np.abs(position - before).max() < STALLED:
            break
    tip, now, _slopes = jacobian(chain, position)
    return position, _small(np.concatenate([tip_m - tip, _turning(now, axes)], axis=1))


def search(chain: Chain, tip_m: Floats, axes: Floats, start: Floats, *, seed: int) -> tuple[Floats, NDArray[np.bool_]]:
    """As `solve`, from other postures too where `start` leads nowhere; so "no solution" is said with some right."""
    position, reached = solve(chain, tip_m, axes, start)
    draws = np.random.Generator(np.random.Philox(seed))
    low, high = np.maximum(chain.low, -np.pi), np.minimum(chain.high, np.pi)
    for _try in range(SEEDS):
        left = np.flatnonzero(~reached)
        if not len(left):
            break
        found, there = solve(chain, tip_m[left], axes[left], draws.uniform(low, high, (len(left), len(low))))
        position[left[there]], reached[left[there]] = found[there], True
    return position, reached


def _turning(now: Floats, wanted: Floats) -> Floats:
    """The turn from one set of axes to another as a vector, shape [W, 3]."""
    between = wanted @ np.swapaxes(now, 1, 2)
    half = 0.5 * np.sum([cross(now[..., k], wanted[..., k]) for k in range(3)], axis=0)
    sine = _norm(half)
    angle = np.arctan2(sine, 0.5 * (np.trace(between, axis1=1, axis2=2) - 1.0))
    over = between + np.eye(3)
    column = np.take_along_axis(over, np.abs(over).max(axis=1).argmax(axis=1)[:, None, None], axis=2)[..., 0]
    reversed_ = np.pi * column / np.maximum(_norm(column), 1e-12)[:, None]
    vector = half * np.where(sine > ALIGNED, angle / np.maximum(sine, ALIGNED), 1.0)[:, None]
    return np.where(((sine <= ALIGNED) & (angle > 1.0))[:, None], reversed_, vector)


def _norm(vector: Floats) -> Floats:
    return np.asarray(np.sqrt((vector * vector).sum(axis=1)))


def _small(error: Floats) -> NDArray[np.bool_]:
    return np.asarray((_norm(error[:, :3]) < PLACE_M) & (_norm(error[:, 3:]) < TURN_RAD))
