from zoneinfo import ZoneInfo

import pytest

from tests.ui.recorded import CELSIUS, PERCENT
from tests.ui.recorded_inside import PLAN
from ui.figures.plan import course, settings

UTC = ZoneInfo("UTC")


def test_settings_are_steps_that_hold_to_the_end_of_the_last_hour():
    plan, stays = settings(PLAN, "ZC-101", PERCENT, UTC).data
    assert list(plan.y) == [50.0, 25.0, 25.0]
    assert plan.line.shape == "hv"
    assert list(stays.y) == [100.0, 100.0]
    assert (plan.x[-1] - plan.x[0]).total_seconds() == 7200.0


def test_a_goal_shows_both_courses_and_its_limit():
    figure = course(PLAN, PLAN.question.goals[0], CELSIUS, UTC)
    medians = {trace.name: trace for trace in figure.data if trace.name}
    assert list(medians["plan"].y) == pytest.approx([301 - 273.15, 302 - 273.15])
    assert list(medians["as it is"].y) == pytest.approx([304 - 273.15, 305 - 273.15])
    assert figure.layout.shapes[0].y0 == pytest.approx(31.0)


def test_as_little_as_can_be_has_no_limit():
    goal = PLAN.question.goals[0].model_copy(update={"aim": "least"})
    assert not course(PLAN, goal, CELSIUS, UTC).layout.shapes
