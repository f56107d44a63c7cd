"""Share of worlds in which something happens, with its interval.

Source     Jeffreys interval of a binomial share: Brown, Cai, DasGupta (2001), doi:10.1214/ss/1009213286
"""

from __future__ import annotations

from scipy import stats

LEVEL = 0.90


def share(happened: int, count: int) -> dict[str, float]:
    """Estimate {value, low, high} of a probability from `happened` out of `count` independent worlds, 90 % interval."""
    if count == 0:
        return {"value": float("nan"), "low": 0.0, "high": 1.0}
    tail = (1 - LEVEL) / 2
    low = 0.0 if happened == 0 else float(stats.beta.ppf(tail, happened + 0.5, count - happened + 0.5))
    high = 1.0 if happened == count else float(stats.beta.ppf(1 - tail, happened + 0.5, count - happened + 0.5))
    return {"value": happened / count, "low": low, "high": high}
