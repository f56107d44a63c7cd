"""A question for a plan is judged before it waits."""

import pytest

from residual_models.world.planning import Goal
from tests.twin.spindle import TEXT
from twin.errors import InvalidInput, NotFound, NotReady
from twin.services import goals, plants

FACTS = {"inputs": ["SC-1"], "tags": ["TT-1"], "step_s": 300.0}


def test_a_sound_question_passes():
    goals.check(goals.Question("p", ("SC-1",), (Goal("TT-1", "least"),), hours=2.0), FACTS)


def test_all_that_is_wrong_is_said_at_once():
    question = goals.Question("p", ("SC-9",), (Goal("TT-9", "reach"), Goal("TT-1", "shine", float("nan"))), hours=0.0)
    with pytest.raises(InvalidInput) as refused:
        goals.check(question, FACTS)
    assert {fault.got for fault in refused.value.faults} == {"'SC-9'", "'TT-9'", "'shine'", "nan", "0"}
    with pytest.raises(InvalidInput, match="goal: got none"):
        goals.check(goals.Question("p", (), ()), FACTS)


def test_a_question_comes_back_from_json():
    document = {"moves": ["SC-1"], "goals": [{"tag": "TT-1", "aim": "below", "value": 300.0}], "hours": 2.0, "seed": 1}
    found = goals.Question.of("p", document)
    assert found == goals.Question("p", ("SC-1",), (Goal("TT-1", "below", 300.0),), 2.0, 1)


def test_without_a_surrogate_the_next_step_is_named(context):
    with pytest.raises(NotFound):
        goals.facts_of(context, "spindle")
    plants.create(context, TEXT, author="ada", reason="first")
    with pytest.raises(NotReady, match="twin surrogate train spindle"):
        goals.facts_of(context, "spindle")
