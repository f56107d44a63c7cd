import pytest

from tests.twin.spindle import BEARING, LIFE_DAYS, TEXT, log_rows
from twin.errors import NotFound
from twin.services import plants, prognosis, readings


@pytest.fixture
def spindle(context):
    plants.create(context, TEXT, author="ada", reason="first")
    return context


def bearing(found):
    return next(row for row in found if row.asset == BEARING)


def test_life_of_a_new_bearing_is_its_closed_form(spindle):
    found = prognosis.forecast(spindle, "spindle", worlds=32)
    # ln 2 / (k P_0) = 40 days, k with 10 %: the median of 32 worlds lies within some 4 %.
    assert bearing(found).remaining_days["p50"] == pytest.approx(LIFE_DAYS, rel=0.08)
    assert prognosis.latest(spindle, "spindle") == found


def test_from_a_log_the_present_is_the_start(spindle):
    readings.write(spindle, "spindle", log_rows(240))
    found = prognosis.forecast(spindle, "spindle", worlds=16)
    assert bearing(found).provenance["watermark_us"] is not None
    assert bearing(found).wear_now["high"] < 0.05


def test_a_job_that_was_cut_writes_one_forecast(spindle):
    state = {"job": "predict-1", "plant": "spindle", "worlds": 8, "seed": 0}
    for _name, step in prognosis.STEPS:
        cut = state
        state = step(spindle, state, lambda share, text: None)
    again = prognosis.STEPS[-1][1](spindle, cut, lambda share, text: None)
    assert again["result"] == state["result"]
    assert len(prognosis.latest(spindle, "spindle")) == state["result"]["forecasts"]


def test_an_unknown_plant_is_said(spindle):
    with pytest.raises(NotFound):
        prognosis.latest(spindle, "nobody")
    with pytest.raises(NotFound):
        prognosis.forecast(spindle, "nobody")
