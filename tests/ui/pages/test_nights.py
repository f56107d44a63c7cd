from tests.ui.board import Board, ids, words
from tests.ui.fake_api import PLANT, FakeApi

STATE = {"plant.data": "cooling-loop"}
OPEN = {"address.pathname": "/nights", "address.search": ""}


def test_the_newest_night_stands_on_top_with_what_to_do():
    answer = Board(FakeApi()).fire("page.children", OPEN)
    told = words(answer)
    assert "Version 3 on 2026-03-01." in told
    assert "Check sensor PT-1: PT-1 reads 0.3 bar more" in told
    assert {"nights-verdict", "nights-skill", "nights-table"} <= ids(answer)


def test_another_night_is_chosen_in_the_table():
    chosen = {"nights-table.selectedRows": [{"id": "2026-02-28"}]}
    told = words(Board(FakeApi()).fire("nights-detail.children", chosen, STATE))
    assert "Nothing was learned: no reading arrived." in told
    assert "There was no forecast to score." in told


def test_a_night_is_started_and_shown_when_done():
    board = Board(FakeApi({f"POST {PLANT}/nights": (202, {"id": "job-2"})}))
    started = board.fire('{"page":"nights","progress":"job"}.data', {"nights-run.n_clicks": 1}, STATE)
    assert "job-2" in words(started)
    ended = {'{"page":"nights","progress":"ended"}.data': {"id": "job-2", "state": "done"}}
    assert "nights-table" in ids(board.fire("nights-content.children", ended, STATE))


def test_before_the_first_night_the_next_step_is_shown():
    told = words(Board(FakeApi({f"GET {PLANT}/nights": (200, {"items": []})})).fire("page.children", OPEN))
    assert "twin night run cooling-loop" in told
