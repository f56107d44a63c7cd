"""Draws from a posterior with an ensemble of walkers, every half of them in one batch of worlds.

Equations  y = x_j + s (x_k − x_j),  density of s ∝ 1/√s on [1/a, a],  accepted with min(1, s^(F−1) p(y) / p(x_k))
Symbols    x_k the walker moved, x_j one of the other half, p posterior density of F numbers, a = 2
Source     Goodman, Weare (2010), doi:10.2140/camcos.2010.5.65; halves side by side: Foreman-Mackey et al. (2013),
           doi:10.1086/670067
Valid      tens of numbers at most; any shape that one ridge or one hill gives, however stretched
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residual_models import noise

Array = NDArray[np.float64]

STRETCH = 2.0
SETTLE_SHARE = 0.3
"""First share of the steps that is left out: the walkers come from the normal approximation and must forget it."""


@dataclass(frozen=True)
class Draws:
    """Attributes: values [F, N], draws after settling in; accepted, share of moves; independent [F], how many of the
    draws say something of their own, by the walkers' mean autocorrelation time.
    """

    values: Array
    accepted: float
    independent: Array


def sample(
    density: Callable[[Array], Array],
    begin: Array,
    *,
    steps: int,
    seed: int = 0,
    progress: Callable[[float], None] | None = None,
) -> Draws:
    """Walk.

    Args:
        density: Log of the posterior density up to a constant: [F, K] to [K], -inf outside.
        begin: Walkers, shape [F, K], K even and at least 2 (F + 1), all at a finite density.
        steps: Moves of every walker.
        seed: Of every draw.
        progress: Told the finished share.
    """
    chance = np.random.default_rng(seed)
    walkers, count = begin.copy(), begin.shape[1]
    halves = (np.arange(count // 2), np.arange(count // 2, count))
    height, course, moved = density(walkers), np.empty((steps, *begin.shape)), 0
    for step in range(steps):
        for own, other in (halves, halves[::-1]):
            stretch = (1.0 + (STRETCH - 1.0) * chance.uniform(size=len(own))) ** 2 / STRETCH
            partner = walkers[:, chance.choice(other, len(own))]
            trial = partner + stretch * (walkers[:, own] - partner)
            found = density(trial)
            odds = (len(begin) - 1) * np.log(stretch) + found - height[own]
            taken = np.log(chance.uniform(size=len(own))) < odds
            walkers[:, own[taken]], height[own[taken]] = trial[:, taken], found[taken]
            moved += int(taken.sum())
        course[step] = walkers
        if progress is not None:
            progress((step + 1) / steps)
    kept = course[int(SETTLE_SHARE * steps) :]
    lasting = [
        np.mean([noise.correlation_time(walk - walk.mean()) for walk in kept[:, number].T])
        for number in range(len(begin))
    ]
    values = np.moveaxis(kept, 1, 0).reshape(len(begin), -1)
    return Draws(values, moved / (steps * count), values.shape[1] / np.array(lasting))
