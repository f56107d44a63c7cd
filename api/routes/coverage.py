"""What the bands of the model in service promised, and what later data delivered."""

from __future__ import annotations

from fastapi import APIRouter

from api.deps import IDEMPOTENT, Ctx, Reader, Starter
from api.errors import documented
from api.schemas.base import microseconds_or_none
from api.schemas.coverage import CoverageIn, CoverageView
from api.schemas.jobs import JobView
from twin.errors import NotReady
from twin.services import coverage, orders

router = APIRouter()


@router.post("/plants/{plant}/coverage", status_code=202, responses=documented(404, 409), openapi_extra=IDEMPOTENT)
def deliver(context: Ctx, caller: Starter, plant: str, body: CoverageIn | None = None) -> JobView:
    """Forecast again and again over a stretch and hold the bands against what was measured."""
    asked = body or CoverageIn()
    start_us, end_us = microseconds_or_none(asked.start), microseconds_or_none(asked.end)
    job = orders.coverage(context, plant, start_us=start_us, end_us=end_us, author=caller.user)
    return JobView.model_validate(job)


@router.get("/plants/{plant}/coverage/latest", responses=documented(404, 409))
def read_latest_coverage(context: Ctx, _: Reader, plant: str) -> CoverageView:
    """The newest scores of the model in service, tag by tag and lead by lead."""
    found = coverage.latest(context, plant)
    if found is None:
        raise NotReady(f"plant {plant!r}: the model in service was not held against later data. POST to coverage.")
    return CoverageView.model_validate(found)
