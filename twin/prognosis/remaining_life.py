"""Turns wear paths of many worlds into failure probabilities and remaining useful life.

Symbols    t_w the time at which world w's wear first reaches its limit
Assumes    wear grows between macro steps as a straight line; beyond the horizon at its last rate
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from twin.prediction.shares import share

SECONDS_PER_DAY = 86_400.0


def crossing_s(
    times_s: NDArray[np.float64], wear: NDArray[np.float64], limit: NDArray[np.float64]
) -> NDArray[np.float64]:
    """First time each world's wear reaches its limit.

    Args:
        times_s: Times of the macro steps, rising, shape [K].
        wear: The quantity that the failure mode watches, shape [K, W]; NaN after a world diverged.
        limit: Where each world fails, shape [W].
    Returns: Seconds, shape [W]; beyond the last step the last rate is prolonged, and no growth means infinity; NaN for
        a world without a path.
    """
    reached = wear >= limit
    first = np.where(reached.any(axis=0), reached.argmax(axis=0), len(times_s))
    found = np.full(wear.shape[1], np.inf)
    for world, step in enumerate(first):
        if step == 0:
            found[world] = times_s[0]
        elif step < len(times_s):
            found[world] = _between(times_s, wear[:, world], limit[world], int(step))
        else:
            found[world] = _prolonged(times_s, wear[:, world], float(limit[world]))
    found[np.isnan(wear[0])] = np.nan
    return found


def _between(times_s: NDArray[np.float64], path: NDArray[np.float64], limit: float, step: int) -> float:
    share = (limit - path[step - 1]) / (path[step] - path[step - 1])
    return float(times_s[step - 1] + share * (times_s[step] - times_s[step - 1]))


def _prolonged(times_s: NDArray[np.float64], path: NDArray[np.float64], limit: float) -> float:
    known = np.flatnonzero(np.isfinite(path))
    if known.size < 2:
        return float("inf")
    before, last = known[-2], known[-1]
    rate = (path[last] - path[before]) / (times_s[last] - times_s[before])
    return float(times_s[last] + (limit - path[last]) / rate) if rate > 0 else float("inf")


def probability(life_s: NDArray[np.float64], horizon_s: float) -> dict[str, float]:
    """Share of worlds that fail within a horizon, with its 90 % interval; NaN worlds are left out."""
    known = life_s[~np.isnan(life_s)]
    return share(int((known <= horizon_s).sum()), known.size)


def quantiles_days(life_s: NDArray[np.float64], horizon_s: float) -> dict[str, float | None]:
    """5 %, 50 % and 95 % quantile of the remaining life in days; None where it lies beyond the horizon."""
    known = np.sort(life_s[~np.isnan(life_s)])
    answer: dict[str, float | None] = {}
    for name, level in (("p05", 0.05), ("p50", 0.50), ("p95", 0.95)):
        value = known[min(int(np.ceil(level * known.size)) - 1, known.size - 1)] if known.size else np.inf
        answer[name] = float(value) / SECONDS_PER_DAY if value <= horizon_s else None
    return answer
