"""Says which uncertain number makes a remaining life uncertain.

Symbols    y log life and X draws of the uncertain numbers, standardised over worlds; Λ symmetric square root of X'X
Equations  ε = Λ² (Λ⁻¹ X'y)²: relative weights, never negative, adding up to the R² of the linear fit
Source     Johnson (2000), doi:10.1207/S15327906MBR3501_1
Assumes    log life is about linear in the draws; what is not is reported as "not explained"
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import stats

SMALLEST_SHARE = 0.02
"""Smaller shares are not worth a plant engineer's line."""
FEWEST_WORLDS = 24
"""With fewer failing worlds nothing can be told from chance."""
CHANCE = 0.05
"""Chance that any input that does not matter is named, over all inputs together (Bonferroni)."""


def relative_weights(draws: NDArray[np.float64], target: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share of the target's variance that each input carries, draws [W, P], target [W]; shape [P]."""
    spread = draws.std(axis=0)
    moving = spread > 1e-12 * np.maximum(np.abs(draws).max(axis=0), 1e-300)
    weights = np.zeros(draws.shape[1])
    if not moving.any() or target.std() == 0.0:
        return weights
    x = (draws[:, moving] - draws[:, moving].mean(axis=0)) / spread[moving]
    y = (target - target.mean()) / target.std()
    eigenvalues, vectors = np.linalg.eigh(x.T @ x / len(y))
    kept = eigenvalues > 1e-10 * eigenvalues.max()
    root = np.sqrt(np.where(kept, eigenvalues, 0.0))
    inverse = np.where(kept, 1.0 / np.where(kept, root, 1.0), 0.0)
    loading = (vectors * root) @ vectors.T
    beta = (vectors * inverse) @ vectors.T @ (x.T @ y / len(y))
    weights[moving] = (loading**2) @ (beta**2)
    return weights


def _stands_out(draws: NDArray[np.float64], target: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Inputs whose correlation with the target is beyond chance (Fisher's z, Bonferroni over the inputs), shape [P]."""
    spread = draws.std(axis=0)
    moving = spread > 1e-12 * np.maximum(np.abs(draws).max(axis=0), 1e-300)
    if target.std() == 0.0:
        return np.zeros(len(moving), np.bool_)
    centred = (draws - draws.mean(axis=0)) / np.where(moving, spread, 1.0)
    correlation = np.clip(centred.T @ (target - target.mean()) / (len(target) * target.std()), -1 + 1e-12, 1 - 1e-12)
    limit = float(stats.norm.ppf(1 - CHANCE / (2 * max(draws.shape[1], 1)))) / np.sqrt(len(target) - 3)
    return np.asarray(moving & (np.abs(np.arctanh(correlation)) > limit))


def contributors(
    names: tuple[str, ...], draws: NDArray[np.float64], life_s: NDArray[np.float64], *, count: int = 5
) -> tuple[dict[str, object], ...]:
    """The numbers that carry most of the variance of log remaining life, largest first.

    Args:
        names: What was drawn, one per column.
        draws: Value per world, shape [W, P].
        life_s: Remaining life per world, shape [W]; worlds that never fail or diverged are left out.
        count: How many to name.
    """
    usable = np.isfinite(life_s) & (life_s > 0)
    if usable.sum() < FEWEST_WORLDS:
        return ()
    target = np.log(life_s[usable])
    # Many inputs explain much of a few hundred worlds by chance alone: only those that stand out are fitted together.
    telling = np.flatnonzero(_stands_out(draws[usable], target))
    shares = relative_weights(draws[usable][:, telling], target)
    order = np.argsort(-shares)[:count]
    named = [{"name": names[telling[i]], "share": float(shares[i])} for i in order if shares[i] >= SMALLEST_SHARE]
    rest = 1.0 - float(shares.sum())
    if named and rest >= SMALLEST_SHARE:
        named.append({"name": "not explained", "share": rest})
    return tuple(named)
