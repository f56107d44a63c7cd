"""Measured beside predicted."""

from __future__ import annotations

from fastapi import APIRouter

from api.deps import Ctx, Reader
from api.errors import documented
from api.routes.readings import End, MaxPoints, Start, Tags, split
from api.schemas.base import microseconds_or_none
from api.schemas.trends import TrendsView
from api.views import courses
from twin.services import plant_page, prediction

router = APIRouter()


@router.get("/plants/{plant}/trends", responses=documented(404, 409))
def read_trends(
    context: Ctx,
    _: Reader,
    plant: str,
    tags: Tags = None,
    start: Start = None,
    end: End = None,
    max_points: MaxPoints = 2000,
) -> TrendsView:
    """A free run of the model in service from the inputs alone, with its band, physics alone, and what was measured."""
    edges = map(microseconds_or_none, (start, end))
    found = prediction.trend(context, plant, split(tags), *edges, max_points=max_points)
    return TrendsView.model_validate(
        {
            "tags": courses(found, plant_page.displays(context, plant)),
            "model_version": found.model_version,
            "level": found.level,
            "in_support": found.prediction.in_support,
        }
    )
