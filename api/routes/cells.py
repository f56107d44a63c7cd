"""Robot cells of a plant's line: simulate, read, watch."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import FileResponse

from api.deps import IDEMPOTENT, Ctx, Reader, Writer
from api.errors import documented
from api.schemas.base import Page
from api.schemas.cells import CellStandingView, CellView
from api.schemas.jobs import JobView
from twin.errors import NotReady
from twin.services import cells, orders

router = APIRouter()
Asset = Annotated[str, Query(max_length=200, description="Path of the robot cell in the plant's tree.")]


@router.post("/plants/{plant}/cells", status_code=202, responses=documented(404, 409), openapi_extra=IDEMPOTENT)
def simulate_cell(context: Ctx, caller: Writer, plant: str, asset: Asset) -> JobView:
    """Simulate a cell in 3D; its cycle times then go into the plant as a new revision. Minutes of work."""
    return JobView.model_validate(orders.cell(context, plant, asset, author=caller.user))


@router.get("/plants/{plant}/cells/standings", responses=documented(404))
def list_cells(context: Ctx, _: Reader, plant: str) -> Page[CellStandingView]:
    """Every robot cell of the line: what its cycle times were measured by, and whether that still holds."""
    return Page(items=[CellStandingView.model_validate(vars(found)) for found in cells.standings(context, plant)])


@router.get("/plants/{plant}/cells", responses=documented(404, 409))
def read_cell(context: Ctx, _: Reader, plant: str, asset: Asset) -> CellView:
    """What the simulation of a cell said, as the plant describes the cell now."""
    found = cells.latest(context, plant, asset)
    return CellView.model_validate({**vars(found), "has_film": found.film is not None})


@router.get(
    "/plants/{plant}/cells/film",
    response_class=FileResponse,
    responses={
        **documented(404, 409),
        200: {"content": {"image/gif": {"schema": {"type": "string", "format": "binary"}}}},
    },
)
def watch_cell(context: Ctx, _: Reader, plant: str, asset: Asset) -> FileResponse:
    """The animation of a cell, a GIF."""
    found = cells.latest(context, plant, asset)
    if found.film is None:
        raise NotReady(f"cell {asset!r}: its description asks for no film.")
    return FileResponse(found.film, media_type="image/gif", headers={"Cache-Control": "no-cache"})
