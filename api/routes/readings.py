"""Readings in and out, and how fresh they are."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import AwareDatetime

from api.deps import IDEMPOTENT, Ctx, Reader, Writer
from api.errors import documented
from api.schemas.base import microseconds_or_none
from api.schemas.readings import IngestView, ReadingsIn, SeriesList
from api.schemas.status import StatusView
from api.views import shown
from twin.services import plant_page, readings

router = APIRouter()
Tags = Annotated[list[str] | None, Query(description="Repeat it, or list tags with commas; all by default.")]
Start = Annotated[AwareDatetime | None, Query(description="ISO 8601 with zone.")]
End = Annotated[AwareDatetime | None, Query(description="Just after the last one; ISO 8601 with zone.")]
MaxPoints = Annotated[int, Query(ge=4, le=20_000, description="Most points of each series.")]


@router.post("/plants/{plant}/readings", responses=documented(404), openapi_extra=IDEMPOTENT)
def write_readings(context: Ctx, caller: Writer, plant: str, body: ReadingsIn) -> IngestView:
    """Take live readings in; the same ones again change nothing, bad ones wait in the quarantine with the reason."""
    rows = body.model_dump()["readings"]
    return IngestView.model_validate(readings.write(context, plant, rows, source=caller.user))


@router.get("/plants/{plant}/readings", responses=documented(404))
def read_readings(
    context: Ctx,
    _: Reader,
    plant: str,
    tags: Tags = None,
    start: Start = None,
    end: End = None,
    max_points: MaxPoints = 2000,
) -> SeriesList:
    """Measured series in SI, thinned to `max_points` so that highs and lows stay."""
    found = readings.series(
        context, plant, split(tags), *map(microseconds_or_none, (start, end)), max_points=max_points
    )
    return SeriesList.model_validate({"items": shown(found, plant_page.displays(context, plant))})


@router.get("/plants/{plant}/status", responses=documented(404))
def read_status(context: Ctx, _: Reader, plant: str) -> StatusView:
    """How fresh a plant's data are, tag by tag."""
    found = readings.status(context, plant)
    tags = shown(found.tags, plant_page.displays(context, plant))
    return StatusView.model_validate({**vars(found), "tags": tags})


def split(tags: list[str] | None) -> list[str] | None:
    """Tags from repeated and from comma-separated parameters."""
    return [tag.strip() for item in tags for tag in item.split(",") if tag.strip()] if tags else None
