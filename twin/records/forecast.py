"""What fails next, when, how sure, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class FailureForecast:
    """One asset's failure mode seen from one time.

    Attributes: probability, {days: {value, low, high}} for 1, 7, 30, 90 and 365 days, the interval being the 90 %
    sampling and posterior uncertainty; remaining_days, quantiles {p05, p50, p95}, None where beyond the horizon;
    wear_now, the wear state as a share of its limit {median, low, high}; contributors, [{name, share}] of the variance
    of log RUL; maintenance, when it costs least {days, saving_ratio, failure_cost_ratio}, days None where waiting is
    as cheap; assumed, [{name, elasticity}] of what is taken as exact although wear goes with that power of it.
    """

    asset: str
    mode: str
    issued_us: int
    probability: dict[int, dict[str, float]]
    remaining_days: dict[str, float | None]
    wear_now: dict[str, float]
    contributors: tuple[dict[str, Any], ...]
    action: str
    model_version: int
    maintenance: dict[str, float | None] | None = None
    assumed: tuple[dict[str, Any], ...] = ()
    provenance: dict[str, Any] = field(default_factory=dict)
