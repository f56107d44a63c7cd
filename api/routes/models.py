"""Recalibrations and the model versions that come of them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from api.deps import IDEMPOTENT, Ctx, Cursor, Limit, Reader, Starter
from api.errors import documented
from api.paging import cut
from api.schemas.base import Page, microseconds_or_none
from api.schemas.jobs import JobView
from api.schemas.models import ModelSummary, ModelView, RecalibrationIn
from twin.services import models, orders

router = APIRouter()


@router.post(
    "/plants/{plant}/recalibrations", status_code=202, responses=documented(404, 409), openapi_extra=IDEMPOTENT
)
def recalibrate(context: Ctx, caller: Starter, plant: str, body: RecalibrationIn) -> JobView:
    """Fit and learn anew; the result goes into service only if it passes the gate."""
    start_us = microseconds_or_none(body.start)
    end_us = microseconds_or_none(body.end)
    job = orders.recalibration(context, plant, start_us=start_us, end_us=end_us, seed=body.seed, author=caller.user)
    return JobView.model_validate(job)


@router.get("/plants/{plant}/models", responses=documented(404))
def list_models(context: Ctx, _: Reader, plant: str, limit: Limit = 50, cursor: Cursor = None) -> Page[ModelSummary]:
    """Every model version and the gate's word on it, newest first."""
    found = models.list_models(context, plant)
    items, following = cut(found, cursor=cursor, limit=limit, key=lambda version: version.version)
    return Page[ModelSummary].model_validate({"items": items, "next_cursor": following})


@router.get("/plants/{plant}/models/champion", responses=documented(404, 409))
def read_champion(context: Ctx, _: Reader, plant: str) -> ModelView:
    """The version in service."""
    return ModelView.model_validate(models.champion(context, plant))


@router.get("/plants/{plant}/models/{version}", responses=documented(404, 409))
def read_model(context: Ctx, _: Reader, plant: str, version: Annotated[int, Path(ge=1)]) -> ModelView:
    """One version."""
    return ModelView.model_validate(models.get(context, plant, version))
