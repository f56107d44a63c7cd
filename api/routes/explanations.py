"""Where physics is wrong, and taking a proposed term over."""

from __future__ import annotations

from fastapi import APIRouter

from api.deps import IDEMPOTENT, Ctx, Reader, Writer
from api.errors import documented
from api.schemas.explanations import AcceptIn, ExplanationList
from api.schemas.plants import RevisionView
from twin.services import explain, plants

router = APIRouter()


@router.get("/plants/{plant}/explanations", responses=documented(404, 409))
def read_explanations(context: Ctx, _: Reader, plant: str) -> ExplanationList:
    """What each learned correction of the version in service says, and the terms that would say it in physics."""
    return ExplanationList.model_validate({"items": explain.explanations(context, plant)})


@router.post("/plants/{plant}/explanations/accept", responses=documented(404, 409), openapi_extra=IDEMPOTENT)
def accept_explanation(context: Ctx, caller: Writer, plant: str, body: AcceptIn) -> RevisionView:
    """Write a proposed term into the plant file as a new revision; recalibrate to use it."""
    _scene, head = plants.get(context, plant)
    made = explain.accept(context, plant, body.asset, body.correction, etag=head.etag, author=caller.user)
    return RevisionView.model_validate(made)
