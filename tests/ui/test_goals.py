import pytest

from api.schemas.surrogates import GoalIn
from tests.ui.board import Board
from tests.ui.fake_api import FakeApi
from tests.ui.recorded import CELSIUS, PLANT
from tests.ui.recorded_inside import PLAN, SURROGATE
from ui.goals import displays, form, read, sentence, stored, to_goal

KNOWN = {"plan-displays.data": stored(displays(PLANT))}
REMOVE = '{"index":["ALL"],"plan":"remove"}.n_clicks'


def edit(*, tag="TT-101", aim="below", typed=31):
    state = {"plan-goals.data": [], "plan-tag.value": tag, "plan-aim.value": aim, "plan-value.value": typed, **KNOWN}
    return Board(FakeApi()).fire("plan-hint.children", {"plan-add.n_clicks": 1, REMOVE: None}, state)["response"]


def by_id(tree):
    return {item.id: item for item in tree._traverse() if isinstance(getattr(item, "id", None), str)}


def test_a_goal_is_added_in_si():
    assert edit()["plan-goals"]["data"] == [{"tag": "TT-101", "aim": "below", "value": pytest.approx(304.15)}]


@pytest.mark.parametrize(("given", "hint"), [({"tag": None}, "Choose the tag"), ({"typed": ""}, "Type a number")])
def test_an_incomplete_goal_gets_a_hint(given, hint):
    answer = edit(**given)
    assert hint in answer["plan-hint"]["children"]
    assert "plan-goals" not in answer


def test_as_little_as_can_be_needs_no_number():
    assert edit(aim="least", typed="")["plan-goals"]["data"][0]["value"] == 0.0
    found = Board(FakeApi()).fire("plan-value.disabled", {"plan-aim.value": "least"})
    assert found["response"]["plan-value"]["disabled"] is True


def test_goals_are_said_in_words():
    assert sentence(GoalIn(tag="TT-101", aim="below", value=304.15), CELSIUS) == "TT-101 stay below 31.00 °C"
    assert sentence(GoalIn(tag="TT-101", aim="least"), CELSIUS) == "TT-101 be as little as can be"


def test_the_form_keeps_what_was_asked_last():
    for asked, moves, hours in ((PLAN.question, ["ZC-101"], 2.0), (None, [], 4)):
        fields = by_id(form(SURROGATE, PLANT, asked))
        assert (fields["plan-moves"].value, fields["plan-hours"].value) == (moves, hours)
        assert [goal["tag"] for goal in fields["plan-goals"].data] == (["TT-101"] if asked else [])
    assert read(stored(displays(PLANT))) == displays(PLANT)


def test_a_typed_goal_without_a_number_is_no_goal():
    with pytest.raises(ValueError, match="type a value"):
        to_goal("TT-101", "reach", None, {})
