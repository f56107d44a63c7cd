import pytest

from api.schemas.surrogates import DifferenceView
from tests.ui.board import words
from tests.ui.recorded import PLANT
from tests.ui.recorded_inside import PLAN, SURROGATE
from ui.plan_view import plan_view, quality, verdict


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(-0.4, -0.2, "Clearly better"), (0.1, 0.2, "Clearly worse"), (-0.1, 0.1, "Not clearly better")],
)
def test_the_verdict_follows_the_paired_interval(low, high, said):
    plan = PLAN.model_copy(update={"difference": DifferenceView(mean=(low + high) / 2, low=low, high=high)})
    assert verdict(plan).startswith(said)


def test_a_gain_is_told_as_a_share_of_the_way_to_the_goals():
    assert "75 % nearer" in verdict(PLAN)


def test_a_plan_shows_question_and_doubts():
    told = words(plan_view(PLAN, PLANT))
    assert "for 2 h: TT-101 stay below 31.00 °C" in told
    assert "outside of the usual range" in told


def test_the_errors_of_the_stand_in_stand_beside_those_of_the_simple_ways():
    told = words(quality(SURROGATE))
    assert "16 times as fast" in told
    for share in ("97 %", "50 %", "89 %", "45 %"):
        assert share in told
