"""Reports of nights: what was learned, what was found, how good yesterday's forecast was."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.deps import IDEMPOTENT, Ctx, Cursor, Limit, Reader, Starter
from api.errors import documented
from api.paging import decode, encode
from api.schemas.base import Page
from api.schemas.jobs import JobView
from api.schemas.nights import NightIn, NightSummary, NightView
from twin.services import nightly, nights

router = APIRouter()


@router.post("/plants/{plant}/nights", status_code=202, responses=documented(404, 409), openapi_extra=IDEMPOTENT)
def run_night(context: Ctx, caller: Starter, plant: str, body: NightIn | None = None) -> JobView:
    """Run the night of a day now instead of at its hour; a day is run and reported once."""
    job = nightly.order(context, plant, body.day if body else None, author=caller.user)
    return JobView.model_validate(job)


@router.get("/plants/{plant}/nights", responses=documented(404))
def list_nights(context: Ctx, _: Reader, plant: str, limit: Limit = 50, cursor: Cursor = None) -> Page[NightSummary]:
    """Reports, newest first."""
    found = nights.listed(context, plant, count=limit, before=decode(cursor))
    following = encode(found[-1].day) if len(found) == limit else None
    return Page[NightSummary].model_validate({"items": found, "next_cursor": following})


@router.get("/plants/{plant}/nights/latest", responses=documented(404, 409))
def read_latest_night(context: Ctx, _: Reader, plant: str) -> NightView:
    """The newest report."""
    return NightView.model_validate(nights.latest(context, plant))


@router.get("/plants/{plant}/nights/{day}", responses=documented(404))
def read_night(context: Ctx, _: Reader, plant: str, day: date) -> NightView:
    """The report on one local day."""
    return NightView.model_validate(nights.get(context, plant, day.isoformat()))


@router.get("/plants/{plant}/nights/{day}/page", response_class=HTMLResponse, responses=documented(404))
def read_night_page(context: Ctx, _: Reader, plant: str, day: date) -> HTMLResponse:
    """The same as one HTML page for a browser or a mail."""
    return HTMLResponse(nights.page_of(context, plant, day.isoformat()))
