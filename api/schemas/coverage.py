"""What a model's bands promised and what later data delivered."""

from __future__ import annotations

from pydantic import AwareDatetime, ConfigDict, Field

from api.schemas.base import Instant, Number, Request, View


class CoverageIn(Request):
    """Which stretch to hold the bands against: by default all that came after the model's own data."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{}]})
    start: AwareDatetime | None = None
    end: AwareDatetime | None = None


class DeliveredView(View):
    """Forecasts of one tag at one lead, from assimilated states, in the tag's SI unit."""

    tag: str
    unit: str
    lead_s: float
    forecasts: int
    rmse: Number
    persistence: Number = Field(description="Error of the last reading held.")
    coverage: Number
    low: Number = Field(description="95 % block-bootstrap interval of the coverage.")
    high: Number
    width: Number
    crps: Number
    interval_score: Number
    persistence_interval_score: Number
    right: bool = Field(description="The promise lies in the interval and the score beats persistence's.")
    asked: Number = Field(description="Level that the band is asked for from now on, so that the promise is kept.")


class CoverageView(View):
    """Promised against delivered, of one model version on one stretch of the log."""

    plant: str
    version: int
    start: Instant
    end: Instant
    level: float
    rows: list[DeliveredView]
