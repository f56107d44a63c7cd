"""What fails next, when, how sure, and why."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from api.schemas.base import Document, Instant, Interval, Number, Request, View


class PredictionIn(Request):
    """A forecast from now on; the seed of every draw."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"seed": 0}]})
    seed: int = Field(default=0, ge=0, le=2**31 - 1)
    worlds: int = Field(default=256, ge=2, le=65536)
    failure_cost_ratio: float = Field(
        default=5.0, ge=1, le=1e6, description="Cost of a failure over that of planned maintenance."
    )


class ProbabilityView(View):
    """A probability with its 90 % interval."""

    value: Number
    low: Number = None
    high: Number = None


class RemainingView(View):
    """Quantiles of the remaining useful life in days; null beyond the horizon."""

    p05: Number = None
    p50: Number = None
    p95: Number = None


class ContributorView(View):
    """What the spread of the remaining life comes from."""

    name: str
    share: Number


class AssumptionView(View):
    """A number that is taken as exact: wear goes with about its power `elasticity`."""

    name: str
    elasticity: Number


class MaintenanceView(View):
    """When planned maintenance costs least: days from now, null where waiting is as cheap."""

    days: Number = None
    saving_ratio: Number = Field(default=None, description="Share of the cost per time saved against waiting.")
    failure_cost_ratio: Number = Field(default=None, description="What a failure is taken to cost, over maintenance.")


class FailureForecastView(View):
    """One asset's failure mode seen from one time."""

    asset: str
    mode: str
    issued: Instant
    probability: dict[int, ProbabilityView] = Field(description="Chance to fail within 1, 7, 30, 90 and 365 days.")
    remaining_days: RemainingView
    wear_now: Interval = Field(description="Wear as a share of its limit.")
    contributors: list[ContributorView]
    action: str
    model_version: int
    maintenance: MaintenanceView | None = None
    assumed: list[AssumptionView] = Field(default_factory=list)
    provenance: Document = Field(default_factory=dict)


class ForecastList(View):
    """The newest forecast of every asset and mode, most pressing first."""

    items: list[FailureForecastView]
