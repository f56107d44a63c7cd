"""Questions to the graph over HTTP."""

from __future__ import annotations

import pytest

from api.schemas.plants import GraphAnswer
from tests.api.conftest import Program


def test_a_path_leads_from_end_to_end(oven: Program) -> None:
    answer = oven.get("plants/oven/graph?question=path&asset=oven&other=hall")
    assert GraphAnswer.model_validate_json(answer.content).assets == ["oven", "wall", "hall"]


def test_islands_are_told_with_their_tags(oven: Program) -> None:
    answer = GraphAnswer.model_validate_json(oven.get("plants/oven/graph?question=islands").content)
    assert (answer.islands, answer.assets, answer.tags) == ([["oven", "wall", "hall"]], [], ["TT-1"])


@pytest.mark.parametrize(
    ("query", "status"), [("question=colour", 422), ("", 422), ("question=upstream&asset=pump", 404)]
)
def test_a_question_that_makes_no_sense_is_refused(oven: Program, query: str, status: int) -> None:
    assert oven.get(f"plants/oven/graph?{query}").status_code == status
