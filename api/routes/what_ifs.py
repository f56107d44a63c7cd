"""What if: ask, look, replay, and what may be changed."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from api.deps import IDEMPOTENT, Ctx, Cursor, Limit, Reader, Starter
from api.errors import documented
from api.paging import encode, instant_and_name
from api.schemas.base import Page
from api.schemas.jobs import JobView
from api.schemas.scenarios import OutcomeSummary, OutcomeView, TargetList, WhatIfIn
from twin.services import displays, orders, scenarios

router = APIRouter()


@router.post("/plants/{plant}/what-ifs", status_code=202, responses=documented(404, 409), openapi_extra=IDEMPOTENT)
def ask_what_if(context: Ctx, caller: Starter, plant: str, body: WhatIfIn) -> JobView:
    """Ask; the job's result names the answer. Every change that does not fit the plant is refused at once."""
    scenario: dict[str, Any] = body.model_dump(mode="json")
    return JobView.model_validate(orders.what_if(context, plant, scenario, author=caller.user))


@router.get("/plants/{plant}/what-ifs", responses=documented(404))
def list_what_ifs(
    context: Ctx, _: Reader, plant: str, limit: Limit = 50, cursor: Cursor = None
) -> Page[OutcomeSummary]:
    """Answers, newest first."""
    found = scenarios.listed(context, plant, limit=limit, after=instant_and_name(cursor))
    following = encode([found[-1].created_us, found[-1].id]) if len(found) == limit else None
    return Page[OutcomeSummary].model_validate({"items": found, "next_cursor": following})


@router.get("/plants/{plant}/what-ifs/targets", responses=documented(404))
def list_targets(context: Ctx, _: Reader, plant: str) -> TargetList:
    """Everything that a what-if of this plant may change."""
    return TargetList.model_validate({"items": displays.of_targets(context, plant, scenarios.targets(context, plant))})


@router.get("/plants/{plant}/what-ifs/{outcome}", responses=documented(404))
def read_what_if(context: Ctx, _: Reader, plant: str, outcome: str) -> OutcomeView:
    """One answer: figures with paired differences, courses, failures, the verdict, and how to get it again."""
    found = scenarios.get(context, plant, outcome)
    return OutcomeView.model_validate(
        {
            "plant": found.plant,
            **vars(found),
            "kpis": displays.of_kpis(context, plant, found.kpis),
            "line": found.line or None,
        }
    )


@router.post(
    "/plants/{plant}/what-ifs/{outcome}/replay", status_code=202, responses=documented(404), openapi_extra=IDEMPOTENT
)
def replay_what_if(context: Ctx, caller: Starter, plant: str, outcome: str) -> JobView:
    """Run it again; the job's result says whether every bit is the same, and if not what differs."""
    return JobView.model_validate(orders.replay(context, plant, outcome, author=caller.user))
