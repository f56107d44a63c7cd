"""What the readings did that the model did not expect."""

from __future__ import annotations

from fastapi import APIRouter

from api.deps import IDEMPOTENT, Ctx, Reader, Starter
from api.errors import documented
from api.schemas.anomalies import AnomalyIn, AnomalyView
from api.schemas.base import microseconds_or_none
from api.schemas.jobs import JobView
from twin.services import orders, watches

router = APIRouter()


@router.post("/plants/{plant}/anomalies", status_code=202, responses=documented(404, 409), openapi_extra=IDEMPOTENT)
def watch(context: Ctx, caller: Starter, plant: str, body: AnomalyIn) -> JobView:
    """Follow a stretch of log with the model in service and score what it did not expect."""
    edges = {
        f"{name}_us": microseconds_or_none(moment)
        for name, moment in (("learn_to", body.learn_to), ("start", body.start), ("end", body.end))
    }
    limits = {"margin": body.margin, "false_alarm_ratio": body.false_alarm_ratio}
    return JobView.model_validate(orders.watch(context, plant, {**edges, **limits}, author=caller.user))


@router.get("/plants/{plant}/anomalies/latest", responses=documented(404, 409))
def read_latest_watch(context: Ctx, _: Reader, plant: str) -> AnomalyView:
    """The newest watched stretch: its alarms, which tag showed each, and how close the rest came."""
    found = watches.latest(context, plant)
    return AnomalyView.model_validate({**(found.result or {}), "job": found.id, "watched_us": found.finished_us})
