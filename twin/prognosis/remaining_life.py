"""Turns the times at which worlds reach a limit into failure probabilities and remaining useful life.

Symbols    t_w the time at which world w's wear first reaches its limit
Assumes    beyond the horizon wear goes on at its last rate
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from twin.prediction.shares import share

Floats = NDArray[np.float64]

SECONDS_PER_DAY = 86_400.0


def prolonged(reached_s: Floats, horizon_s: float, wear: Floats, limit: Floats, rate: Floats) -> Floats:
    """Life of every world, those beyond the horizon at the last rate.

    Args:
        reached_s: When each world reaches its limit, infinity where not within the horizon, shape [W].
        horizon_s: Its end.
        wear: There, shape [W].
        limit: Where each world fails, shape [W].
        rate: Growth per second at the horizon, shape [W].
    Returns: Seconds, shape [W]; no growth means infinity, and a lost world stays NaN.
    """
    beyond = np.isinf(reached_s)
    grows = beyond & (rate > 0)
    more = np.divide(limit - wear, rate, out=np.full_like(reached_s, np.inf), where=grows)
    return np.where(beyond, horizon_s + more, reached_s)


def probability(life_s: Floats, horizon_s: float) -> dict[str, float]:
    """Share of worlds that fail within a horizon, with its 90 % interval; NaN worlds are left out."""
    known = life_s[~np.isnan(life_s)]
    return share(int((known <= horizon_s).sum()), known.size)


def quantiles_days(life_s: Floats, horizon_s: float) -> dict[str, float | None]:
    """5 %, 50 % and 95 % quantile of the remaining life in days; None where it lies beyond the horizon."""
    known = np.sort(life_s[~np.isnan(life_s)])
    answer: dict[str, float | None] = {}
    for name, level in (("p05", 0.05), ("p50", 0.50), ("p95", 0.95)):
        value = known[min(int(np.ceil(level * known.size)) - 1, known.size - 1)] if known.size else np.inf
        answer[name] = float(value) / SECONDS_PER_DAY if value <= horizon_s else None
    return answer
