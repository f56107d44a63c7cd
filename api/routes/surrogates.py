"""A fast stand-in for the engine: train it, read its errors, let it look for settings that reach goals."""

from __future__ import annotations

from fastapi import APIRouter

from api.deps import IDEMPOTENT, Ctx, Reader, Starter
from api.errors import documented
from api.schemas.jobs import JobView
from api.schemas.surrogates import PlanIn, PlanView, SurrogateIn, SurrogateView
from twin.services import answers, goals, orders

router = APIRouter()


@router.post("/plants/{plant}/surrogate", status_code=202, responses=documented(404, 409), openapi_extra=IDEMPOTENT)
def train_surrogate(context: Ctx, caller: Starter, plant: str, body: SurrogateIn | None = None) -> JobView:
    """Learn the plant's behaviour from worlds that the engine runs. Minutes of work."""
    order = (body or SurrogateIn()).model_dump()
    return JobView.model_validate(orders.surrogate(context, plant, order, author=caller.user))


@router.get("/plants/{plant}/surrogate", responses=documented(404, 409))
def read_surrogate(context: Ctx, _: Reader, plant: str) -> SurrogateView:
    """How near the plant's surrogate comes to the engine, and what a plan may move."""
    return SurrogateView.model_validate(goals.facts_of(context, plant))


@router.post("/plants/{plant}/plans", status_code=202, responses=documented(404, 409), openapi_extra=IDEMPOTENT)
def make_plan(context: Ctx, caller: Starter, plant: str, body: PlanIn) -> JobView:
    """Look for settings that reach the goals; the best are run in the engine before one is shown."""
    return JobView.model_validate(orders.plan(context, plant, body.model_dump(), author=caller.user))


@router.get("/plants/{plant}/plans/latest", responses=documented(404, 409))
def read_latest_plan(context: Ctx, _: Reader, plant: str) -> PlanView:
    """The newest plan, beside settings that stay as they are."""
    found = answers.newest(context, plant, "plan", "nobody asked for a plan yet. POST to its plans first.")
    return PlanView.model_validate({**(found.result or {}), "job": found.id})
