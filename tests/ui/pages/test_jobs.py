from datetime import timedelta

from api.schemas.base import Page
from api.schemas.health import HealthView
from api.schemas.jobs import JobView
from tests.ui import recorded as r
from tests.ui.board import Board, words
from tests.ui.fake_api import FakeApi

CANCEL = '{"id":["ALL"],"jobs":"cancel"}.n_clicks'
STATE = {"plant.data": "cooling-loop"}


def refresh(api):
    return words(Board(api).fire("jobs-list.children", {"jobs-tick.n_intervals": 1, CANCEL: []}, STATE))


def test_all_work_is_listed_newest_first_with_its_end():
    early = r.FAILED.model_copy(update={"created": r.NOW - timedelta(hours=1)})
    text = refresh(FakeApi({"GET /jobs": Page[JobView](items=[early, r.RUNNING])}))
    assert text.index("year 2 of 5") < text.index("The pump ran dry at 3 h.")


def test_no_work_is_said():
    assert "No work yet" in refresh(FakeApi({"GET /jobs": Page[JobView](items=[])}))


def test_a_missing_background_runner_is_said():
    health = HealthView(status="degraded", version="0.1.0", database="sqlite", workers=[], jobs={})
    assert "twin worker" in refresh(FakeApi({"GET /health": health}))
