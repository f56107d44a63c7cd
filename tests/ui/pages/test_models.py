from api.schemas.base import Page
from api.schemas.models import ModelSummary
from tests.ui.board import Board, ids, words
from tests.ui.fake_api import PLANT, FakeApi

STATE = {"plant.data": "cooling-loop"}


def open_page(api=None):
    board = Board(api or FakeApi())
    return board.fire("page.children", {"address.pathname": "/models", "address.search": ""})["response"]["page"]


def test_versions_are_listed_and_the_champion_is_chosen():
    page = open_page()
    assert {"models-table", "models-run", "models-detail", "quarantine-table"} <= ids(page)
    text = words(page)
    assert "champion" in text
    assert "Promised against delivered" in text
    assert "0.50" in text  # 0.4 over 0.8, error over error of physics alone


def test_the_chosen_version_is_shown():
    answer = Board(FakeApi()).fire("models-detail.children", {"models-table.selectedRows": [{"version": 2}]}, STATE)
    assert "Version 2: promoted" in words(answer)


def test_a_recalibration_takes_the_chosen_stretch_in_utc():
    board = Board(FakeApi())
    state = {"models-from.value": "2026-03-01 00:00:00", "models-to.value": None, **STATE}
    board.fire('{"page":"models","progress":"job"}.data', {"models-run.n_clicks": 1}, state)
    assert board.api.asked(f"POST {PLANT}/recalibrations") == [{"start": "2026-02-28T23:00:00Z"}]


def test_without_a_model_the_next_step_is_shown():
    assert "twin recalibrate cooling-loop" in words(
        open_page(FakeApi({f"GET {PLANT}/models": Page[ModelSummary](items=[])}))
    )


def test_a_new_version_is_shown_when_the_work_has_ended():
    ended = {'{"page":"models","progress":"ended"}.data': {"id": "job-1", "state": "done"}}
    assert "models-table" in ids(Board(FakeApi()).fire("models-content.children", ended, STATE))
