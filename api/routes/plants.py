"""Plants and their revisions."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request, Response

from api.deps import IDEMPOTENT, Ctx, Cursor, Limit, Reader, Writer, etag_headers, unquoted
from api.errors import documented
from api.paging import cut
from api.schemas.base import Page
from api.schemas.plants import DiffView, PlantSummary, PlantView, RevisionView
from twin.errors import Fault, InvalidInput
from twin.services import plant_page, plants

router = APIRouter()
YAML = "application/yaml"
EXAMPLE = """\
plant: two-masses
site: {name: Hall 2, time_zone: Europe/Berlin}
assets:
  - {id: oven, type: heat_capacity}
  - {id: wall, type: conductance}
  - {id: hall, type: ambient}
connections:
  - [oven.heat, wall.a]
  - [wall.b, hall.heat]
sensors:
  - {tag: TT-1, measures: oven.temperature_k, unit: degC, noise_sd: 0.1}
"""
FILE_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "The text of a plant file, YAML or JSON.",
        "content": {
            YAML: {"schema": {"type": "string"}, "example": EXAMPLE},
            "application/json": {"schema": {"type": "object"}},
        },
    }
}
Reason = Annotated[str, Header(alias="X-Reason", max_length=500, description="Why, for the plant's history.")]
IfMatch = Annotated[str | None, Header(alias="If-Match", description="ETag of the revision that the writer saw.")]


async def plant_text(request: Request) -> str:
    """The body as text."""
    try:
        text = (await request.body()).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput([Fault("body", str(error), "UTF-8 text")]) from None
    if not text.strip():
        raise InvalidInput([Fault("body", "nothing", "the text of a plant file", "Send it as application/yaml.")])
    return text


Text = Annotated[str, Depends(plant_text)]


def seen_etag(if_match: IfMatch = None) -> str:
    """The revision that a writer saw; a write without it could undo another's."""
    if not if_match:
        next_step = "Send the ETag that GET gave."
        raise InvalidInput([Fault("If-Match", "nothing", "the ETag of the revision to replace", next_step)])
    return unquoted(if_match)


Seen = Annotated[str, Depends(seen_etag)]


@router.get("/plants", responses=documented())
def list_plants(context: Ctx, _: Reader, limit: Limit = 100, cursor: Cursor = None) -> Page[PlantSummary]:
    """Every plant by name."""
    items, following = cut(plant_page.overview(context), cursor=cursor, limit=limit, key=lambda line: line.plant)
    return Page[PlantSummary].model_validate({"items": items, "next_cursor": following})


@router.post("/plants", status_code=201, responses=documented(409), openapi_extra={**FILE_BODY, **IDEMPOTENT})
def create_plant(context: Ctx, caller: Writer, text: Text, response: Response, reason: Reason = "") -> RevisionView:
    """Add a plant from the text of its plant file; a file with faults is refused with all of them."""
    revision = plants.create(context, text, author=caller.user, reason=reason)
    response.headers.update(etag_headers(revision.etag, revision.revision))
    response.headers["Location"] = f"/api/v1/plants/{revision.plant}"
    return RevisionView.model_validate(revision)


@router.get("/plants/{plant}", responses={**documented(404), 200: {"content": {YAML: {"schema": {"type": "string"}}}}})
def read_plant(
    context: Ctx,
    _: Reader,
    plant: str,
    response: Response,
    revision: Annotated[int | None, Query(ge=1)] = None,
    accept: Annotated[str, Header(include_in_schema=False)] = "",
    if_none_match: Annotated[str, Header()] = "",
) -> PlantView:
    """One revision of a plant, the newest by default; `Accept: application/yaml` gives the file as it was written."""
    if YAML in accept:
        text, found = plants.text(context, plant, revision)
        return Response(text, media_type=YAML, headers=etag_headers(found.etag, found.revision))  # type: ignore[return-value]  # FastAPI sends a Response as it is
    page = plant_page.page(context, plant, revision)
    if unquoted(if_none_match) == page.etag:
        return Response(status_code=304, headers=etag_headers(page.etag, page.revision))  # type: ignore[return-value]  # as above
    response.headers.update(etag_headers(page.etag, page.revision))
    return PlantView.model_validate(page)


@router.put("/plants/{plant}", responses=documented(404, 412), openapi_extra=FILE_BODY)
def update_plant(
    context: Ctx, caller: Writer, plant: str, text: Text, etag: Seen, response: Response, reason: Reason = ""
) -> RevisionView:
    """Write a new revision, if the writer saw the newest one."""
    revision = plants.update(context, plant, text, etag=etag, author=caller.user, reason=reason)
    response.headers.update(etag_headers(revision.etag, revision.revision))
    return RevisionView.model_validate(revision)


@router.get("/plants/{plant}/revisions", responses=documented(404))
def list_revisions(
    context: Ctx, _: Reader, plant: str, limit: Limit = 100, cursor: Cursor = None
) -> Page[RevisionView]:
    """Who changed the plant, when and why; newest first."""
    found = plants.history(context, plant)
    items, following = cut(found, cursor=cursor, limit=limit, key=lambda item: item.revision)
    return Page[RevisionView].model_validate({"items": items, "next_cursor": following})


@router.get("/plants/{plant}/diff", responses=documented(404))
def diff_revisions(
    context: Ctx,
    _: Reader,
    plant: str,
    first: Annotated[int, Query(alias="from", ge=1)],
    second: Annotated[int, Query(alias="to", ge=1)],
) -> DiffView:
    """What changed from one revision to another."""
    items = plants.diff(context, plant, first, second)
    return DiffView.model_validate({"plant": plant, "from_revision": first, "to_revision": second, "items": items})


@router.post("/plants/{plant}/revisions/{revision}/restore", responses=documented(404, 412), openapi_extra=IDEMPOTENT)
def restore_revision(
    context: Ctx, caller: Writer, plant: str, revision: int, etag: Seen, response: Response, reason: Reason = ""
) -> RevisionView:
    """Make an old revision the newest again; nothing is rewritten."""
    restored = plants.restore(context, plant, revision, etag=etag, author=caller.user, reason=reason)
    response.headers.update(etag_headers(restored.etag, restored.revision))
    return RevisionView.model_validate(restored)
