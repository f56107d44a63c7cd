"""Finds when maintenance costs least: too early wastes life that is left, too late risks the failure.

Equations  K(T) = (S(T) + r (1 − S(T))) / (a + ∫₀ᵀ S dt), least over T up to the horizon
Symbols    S(T) share of worlds that still run at T, r cost of a failure over that of planned maintenance, a what the
           part has run already, taken as its present wear over its present pace
Source     age replacement: Barlow, Hunter (1960), doi:10.1287/opre.8.1.90, from the present age on
Assumes    maintenance makes the part as new; failures are noticed at once; costs do not change with time
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from twin.prognosis.remaining_life import SECONDS_PER_DAY

Floats = NDArray[np.float64]

FAILURE_COST_RATIO = 5.0
"""Where nobody says what a failure costs; every answer repeats the ratio that it rests on."""
STEP_DAYS = 0.25
"""Between the dates that are compared: a shift."""
LEAST_SAVING = 0.01
"""A date that saves less than this share of the cost is not worth naming."""


def cheapest_date(
    life_s: Floats, age_s: Floats, *, horizon_s: float, failure_cost_ratio: float = FAILURE_COST_RATIO
) -> dict[str, float | None]:
    """The date at which planned maintenance costs least per time in service.

    Args:
        life_s: Remaining life of every world, infinity for never, NaN for unknown, shape [W].
        age_s: What each world's part has run already, shape [W].
        horizon_s: The latest date to look at.
        failure_cost_ratio: Cost of a failure over that of planned maintenance, r >= 1.
    Returns: days from now, 0 where most worlds have failed, None where nothing within the horizon is cheaper than
        waiting; saving_ratio, of the cost per
        time against running to failure or to the horizon; failure_cost_ratio.
    """
    known = np.isfinite(age_s) & ~np.isnan(life_s)
    answer: dict[str, float | None] = {
        "days": None, "saving_ratio": 0.0, "failure_cost_ratio": failure_cost_ratio
    }  # fmt: skip
    if not known.any():
        return answer
    life, age = np.sort(np.minimum(life_s[known], 2 * horizon_s)), float(age_s[known].mean())
    dates = np.arange(0.0, horizon_s + 1.0, STEP_DAYS * SECONDS_PER_DAY)
    done = np.searchsorted(life, dates, side="right")
    failed = done / life.size
    run = (np.concatenate([[0.0], np.cumsum(life)])[done] + dates * (life.size - done)) / life.size
    cost = (1.0 + (failure_cost_ratio - 1.0) * failed) / np.maximum(age + run, STEP_DAYS * SECONDS_PER_DAY)
    if failed[0] > 0.5:
        return answer | {"days": 0.0}
    best = int(np.argmin(cost))
    saving = float(1.0 - cost[best] / cost[-1])
    if best < len(dates) - 1 and saving >= LEAST_SAVING:
        answer |= {"days": float(dates[best]) / SECONDS_PER_DAY, "saving_ratio": saving}
    return answer
