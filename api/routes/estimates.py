"""What no sensor shows: order a look, read the newest."""

from __future__ import annotations

from fastapi import APIRouter

from api.deps import IDEMPOTENT, Ctx, Reader, Starter
from api.errors import documented
from api.schemas.base import microseconds_or_none
from api.schemas.estimates import EstimateIn, EstimateView
from api.schemas.jobs import JobView
from twin.services import displays, estimate, orders

router = APIRouter()


@router.post("/plants/{plant}/estimates", status_code=202, responses=documented(404, 409), openapi_extra=IDEMPOTENT)
def look_inside(context: Ctx, caller: Starter, plant: str, body: EstimateIn | None = None) -> JobView:
    """Follow the last hours of log and tell hidden states, wear and parameters."""
    order = body or EstimateIn()
    asked = {"time_us": microseconds_or_none(order.at), **order.model_dump(exclude={"at"})}
    return JobView.model_validate(orders.estimate(context, plant, asked, author=caller.user))


@router.get("/plants/{plant}/estimates/latest", responses=documented(404, 409))
def read_latest_estimate(context: Ctx, _: Reader, plant: str) -> EstimateView:
    """The newest look: the course of each hidden number, and what each tag surprised."""
    found = estimate.latest(context, plant)
    return EstimateView.model_validate({**displays.of_estimate(context, plant, found.result or {}), "job": found.id})
