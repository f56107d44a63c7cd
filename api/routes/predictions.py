"""Failure forecasts."""

from __future__ import annotations

from fastapi import APIRouter

from api.deps import IDEMPOTENT, Ctx, Reader, Starter
from api.errors import documented
from api.schemas.jobs import JobView
from api.schemas.prognosis import ForecastList, PredictionIn
from twin.services import orders, prognosis

router = APIRouter()


@router.post("/plants/{plant}/predictions", status_code=202, responses=documented(404), openapi_extra=IDEMPOTENT)
def predict(context: Ctx, caller: Starter, plant: str, body: PredictionIn | None = None) -> JobView:
    """Forecast every failure mode from now on."""
    asked = body or PredictionIn()
    job = orders.prediction(
        context, plant, worlds=asked.worlds, seed=asked.seed, failure_cost_ratio=asked.failure_cost_ratio,
        author=caller.user,
    )  # fmt: skip
    return JobView.model_validate(job)


@router.get("/plants/{plant}/predictions/latest", responses=documented(404))
def read_latest(context: Ctx, _: Reader, plant: str) -> ForecastList:
    """The newest forecast of every failure mode, most pressing first; empty before the first."""
    return ForecastList.model_validate({"items": prognosis.latest(context, plant)})
