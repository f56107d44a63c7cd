"""Questions to a plant's graph."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.deps import Ctx, Reader
from api.errors import documented
from api.schemas.plants import GraphAnswer
from twin.services import plant_graph
from twin.services.plant_graph import Question

router = APIRouter()


@router.get("/plants/{plant}/graph", responses=documented(404))
def ask_graph(
    context: Ctx,
    _: Reader,
    plant: str,
    question: Question,
    asset: Annotated[str, Query(max_length=500, description="Where the question starts; not for islands.")] = "",
    other: Annotated[str, Query(max_length=500, description="Where a path ends.")] = "",
) -> GraphAnswer:
    """What lies upstream or downstream of an asset, what it affects, a path between two, or the plant's islands."""
    answer = plant_graph.ask(context, plant, question, asset=asset, other=other)
    islands = answer.groups if question is Question.ISLANDS else ()
    return GraphAnswer.model_validate(
        {
            "question": question.value,
            "asset": asset,
            "assets": () if islands else answer.groups[0],
            "islands": islands,
            "tags": [tag for group in answer.tags for tag in group],
        }
    )
