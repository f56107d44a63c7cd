"""What happened in the plant: maintenance, failures, stops, product changes."""

from __future__ import annotations

from fastapi import APIRouter

from api.deps import IDEMPOTENT, Ctx, Cursor, Limit, Reader, Writer
from api.errors import documented
from api.paging import cut
from api.routes.readings import End, Start
from api.schemas.base import Page, microseconds, microseconds_or_none
from api.schemas.readings import EventReportView, EventsIn, EventView
from twin.records.event import EventKind, PlantEvent
from twin.services import events

router = APIRouter()


@router.get("/plants/{plant}/events", responses=documented(404))
def list_events(
    context: Ctx, _: Reader, plant: str, start: Start = None, end: End = None, limit: Limit = 100, cursor: Cursor = None
) -> Page[EventView]:
    """Events that touch the given time, by time."""
    first_us = microseconds(start) if start else 0
    last_us = microseconds(end) if end else events.FOREVER_US
    found = events.listed(context, plant, first_us, last_us)
    items, following = cut(found, cursor=cursor, limit=limit, key=lambda e: [e.start_us, e.kind.value, e.asset])
    return Page[EventView].model_validate({"items": items, "next_cursor": following})


@router.post("/plants/{plant}/events", responses=documented(404), openapi_extra=IDEMPOTENT)
def write_events(context: Ctx, _: Writer, plant: str, body: EventsIn) -> EventReportView:
    """Write events; the same event again changes nothing, a changed end or text is a new version of it."""
    found = [
        PlantEvent(EventKind(e.kind), e.asset, microseconds(e.start), microseconds_or_none(e.end), e.text)
        for e in body.events
    ]
    return EventReportView.model_validate(events.save(context, plant, found))
