"""Scores failure forecasts: who failed in time, who did not, and whose part was changed before anyone could know.

Equations  Brier = Σ w (p - o)² / Σ w, w = 1 / G(T-) for those that failed, 1 / G(h) for those that came through h
           CRPS = ∫₀^c F² dt (+ ∫_c^∞ (1 - F)² dt if it failed at c)
Symbols    p forecast chance within h days, o 1 where the part failed within them, G chance not to be maintained so soon
           (Kaplan-Meier), T time of failure, c end of what is known, F forecast distribution of the remaining life
Source     Graf, Schmoor, Sauerbrei, Schumacher (1999), doi:10.1002/(SICI)1097-0258(19990915)18:17/18<2529; censored
           CRPS: Avati et al. (2020), UAI, section 3
Assumes    maintenance comes no sooner to parts that would have failed, given what was forecast alike
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twin.records.event import EventKind, PlantEvent
from twin.records.forecast import FailureForecast

DAY_US = 86_400e6
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Fate:
    """What became of a part after a forecast: known for so many days, and whether it failed then.

    `censored` by maintenance, which ends what can be known; neither: the part still runs.
    """

    days: float
    failed: bool
    censored: bool


def fate(forecast: FailureForecast, events: Sequence[PlantEvent], now_us: int) -> Fate:
    """What is known by now of the part that a forecast was for: its first failure or maintenance after the issue."""
    ends = [
        (event.start_us, event.kind is EventKind.FAILURE)
        for event in events
        if event.asset == forecast.asset
        and event.kind in (EventKind.FAILURE, EventKind.MAINTENANCE)
        and forecast.issued_us < event.start_us <= now_us
    ]
    when_us, failed = min(ends, default=(now_us, False))
    return Fate((when_us - forecast.issued_us) / DAY_US, failed, bool(ends) and not failed)


def score(forecasts: Sequence[FailureForecast], events: Sequence[PlantEvent], now_us: int) -> dict[str, Any]:
    """Brier score per horizon and the mean CRPS of the remaining life, over forecasts whose time has come.

    Returns: {horizons: [{days, scored, failed, censored, brier, base}], crps_days, ended}; base is the Brier score of
    always saying the mean; `censored` were maintained within the horizon and carry no outcome of their own.
    """
    fates = [fate(item, events, now_us) for item in forecasts]
    horizons = sorted({days for item in forecasts for days in item.probability})
    rows = [_brier(forecasts, fates, days, now_us) for days in horizons]
    ended = [(item, seen) for item, seen in zip(forecasts, fates, strict=True) if seen.failed or seen.censored]
    scores = [survival_crps(item, seen) for item, seen in ended]
    return {
        "horizons": [row for row in rows if row["scored"] or row["censored"]],
        "crps_days": float(np.mean(scores)) if scores else float("nan"),
        "ended": len(ended),
    }


def _brier(forecasts: Sequence[FailureForecast], fates: Sequence[Fate], days: int, now_us: int) -> dict[str, Any]:
    """One horizon: all that were issued at least so many days ago; sooner, failures alone would be known."""
    due = [
        (item.probability[days]["value"], seen)
        for item, seen in zip(forecasts, fates, strict=True)
        if days in item.probability and item.issued_us + days * DAY_US <= now_us
    ]
    known = [(chance, seen) for chance, seen in due if seen.failed or seen.days >= days]
    p = np.array([chance for chance, _seen in known])
    o = np.array([float(seen.failed and seen.days <= days) for _chance, seen in known])
    w = 1.0 / np.maximum(_kept(fates, np.array([min(seen.days, days) for _chance, seen in known])), 1e-9)
    mean = float(np.average(o, weights=w)) if known else float("nan")
    return {
        "days": days,
        "scored": len(known),
        "failed": int(o.sum()),
        "censored": len(due) - len(known),
        "brier": float(np.average((p - o) ** 2, weights=w)) if known else float("nan"),
        "base": mean * (1 - mean),
    }


def _kept(fates: Sequence[Fate], days: Array) -> Array:
    """Kaplan-Meier chance that maintenance has not come before each of some times."""
    ends = np.sort([seen.days for seen in fates])
    visits, count = np.unique([seen.days for seen in fates if seen.censored], return_counts=True)
    at_risk = len(ends) - np.searchsorted(ends, visits)
    kept = np.concatenate([[1.0], np.cumprod(1.0 - count / np.maximum(at_risk, 1))])
    return np.asarray(kept[np.searchsorted(visits, days)])


def survival_crps(forecast: FailureForecast, seen: Fate) -> float:
    """Score of a remaining life in days, smaller is better; beyond the longest horizon nothing counts."""
    days, chance = _distribution(forecast)
    known_for = min(seen.days, days[-1])
    found = _integral(days, chance, 0.0, known_for)
    if seen.failed and seen.days < days[-1]:
        found += _integral(days, 1.0 - chance, known_for, days[-1])
    return found


def _distribution(forecast: FailureForecast) -> tuple[Array, Array]:
    """Forecast chance to have failed by each of some days, straight lines between."""
    points = {0.0: 0.0} | {float(days): row["value"] for days, row in forecast.probability.items()}
    for name, share in (("p05", 0.05), ("p50", 0.5), ("p95", 0.95)):
        at = forecast.remaining_days.get(name)
        if at is not None:
            points.setdefault(float(at), share)
    days = np.array(sorted(points))
    return days, np.maximum.accumulate([points[day] for day in days])


def _integral(days: Array, values: Array, first: float, last: float) -> float:
    """Integral of the square of a broken line from first to last."""
    edges = np.unique(np.concatenate([[first, last], days[(days > first) & (days < last)]]))
    at = np.interp(edges, days, values)
    a, b = at[:-1], at[1:]
    return float((np.diff(edges) * (a * a + a * b + b * b) / 3).sum())
