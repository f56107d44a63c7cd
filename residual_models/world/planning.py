"""Finds settings that reach a goal, by many quick tries: the cross-entropy method.

Source  Rubinstein & Kroese (2004), The Cross-Entropy Method, chapter 5; smoothed as de Boer et al. (2005),
        doi:10.1007/s10479-005-5724-z, section 3
Valid   inside the range that the tries are drawn from; what is found quickly is to be verified where it matters
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

AIMS = ("reach", "below", "above", "least")
LIMIT_WEIGHT = 10.0
"""What a span beyond a limit costs, over what a span away from an aim costs."""

SMOOTHING, LEAST_SPREAD = 0.7, 0.02


@dataclass(frozen=True)
class Goal:
    """What is wanted of a tag: to `reach` or stay `below` or `above` a value, or to be as `least` as can be."""

    tag: str
    aim: str
    value: float = 0.0


def cost(goals: Sequence[Goal], runs: Floats, tags: Sequence[str], span: Floats) -> Floats:
    """Mean distance from the goals in spans of their tags, shape [N], of runs [N, K, S]."""
    total = np.zeros(len(runs))
    for goal in goals:
        column = list(tags).index(goal.tag)
        away = (runs[:, :, column] - goal.value) / span[column]
        total += {
            "reach": lambda away=away: np.abs(away),
            "below": lambda away=away: LIMIT_WEIGHT * np.maximum(away, 0.0),
            "above": lambda away=away: LIMIT_WEIGHT * np.maximum(-away, 0.0),
            "least": lambda away=away: away,
        }[goal.aim]().mean(axis=1)
    return total


def search(
    price: Callable[[Floats], Floats],
    low: Floats,
    high: Floats,
    knots: int,
    *,
    tries: int = 256,
    best: int = 24,
    rounds: int = 12,
    keep: int = 4,
    seed: int = 0,
) -> Floats:
    """Settings that cost least.

    Args:
        price: Costs [N] of settings [N, knots, M].
        low: Least setting of each moved input [M].
        high: Greatest.
        knots: Settings one after the other.
        tries: Drawn a round.
        best: The next round is drawn around these.
        rounds: How many.
        keep: How many of the best are given back.
        seed: Of the draws.
    Returns: Settings [keep, knots, M], the cheapest first; the middle of the range and its ends are tried too.
    """
    rng = np.random.default_rng(seed)
    shape = (knots, len(low))
    middle, spread = np.full(shape, 0.5), np.full(shape, 0.35)
    known = np.stack([np.full(shape, share) for share in (0.5, 0.0, 1.0)])
    costs = price(low + known * (high - low))
    for _ in range(rounds):
        drawn = np.clip(middle + spread * rng.normal(size=(tries, *shape)), 0.0, 1.0)
        known = np.concatenate([known, drawn])
        costs = np.concatenate([costs, price(low + drawn * (high - low))])
        order = np.argsort(costs, kind="stable")[:best]
        known, costs = known[order], costs[order]
        middle = SMOOTHING * known.mean(axis=0) + (1.0 - SMOOTHING) * middle
        spread = np.maximum(SMOOTHING * known.std(axis=0) + (1.0 - SMOOTHING) * spread, LEAST_SPREAD)
    return low + known[:keep] * (high - low)
