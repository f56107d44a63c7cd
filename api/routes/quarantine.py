"""Rows that could not be taken in, and how they come in after all."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.deps import IDEMPOTENT, Ctx, Cursor, Limit, Reader, Writer
from api.errors import documented
from api.paging import decode, encode
from api.schemas.base import Page
from api.schemas.readings import CorrectionIn, QuarantineView
from twin.services import quarantine

router = APIRouter()


@router.get("/plants/{plant}/quarantine", responses=documented(404))
def list_quarantine(
    context: Ctx,
    _: Reader,
    plant: str,
    limit: Limit = 100,
    cursor: Cursor = None,
    resolved: Annotated[bool, Query(description="Also rows that were corrected or dismissed.")] = False,
) -> Page[QuarantineView]:
    """Rows in order of arrival, with the reason why each could not be taken in."""
    after = decode(cursor) or 0
    rows = quarantine.listed(context, plant, after=int(after), limit=limit, resolved=resolved)
    following = encode(rows[-1].id) if len(rows) == limit else None
    return Page[QuarantineView].model_validate({"items": rows, "next_cursor": following})


@router.post("/plants/{plant}/quarantine/{row}/correction", responses=documented(404, 409), openapi_extra=IDEMPOTENT)
def correct_row(context: Ctx, _: Writer, plant: str, row: int, body: CorrectionIn) -> QuarantineView:
    """Bring a row in; what is left out is taken from the row."""
    return QuarantineView.model_validate(quarantine.correct(context, plant, row, **body.model_dump()))


@router.post("/plants/{plant}/quarantine/{row}/dismissal", responses=documented(404, 409), openapi_extra=IDEMPOTENT)
def dismiss_row(context: Ctx, _: Writer, plant: str, row: int) -> QuarantineView:
    """Set a row aside for good."""
    return QuarantineView.model_validate(quarantine.dismiss(context, plant, row))
