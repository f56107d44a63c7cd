from tests.ui.board import Board, words
from tests.ui.fake_api import PLANT, FakeApi

STATE = {"plant.data": "cooling-loop"}
ENDED = '{"page":"states","progress":"ended"}.data'


def test_a_click_orders_and_the_end_draws_anew():
    board = Board(FakeApi())
    assert "job-2" in words(board.fire('{"page":"states","progress":"job"}.data', {"states-run.n_clicks": 1}, STATE))
    assert board.api.asked(f"POST {PLANT}/estimates") == [{}]
    done = board.fire("states-content.children", {ENDED: {"id": "job-2", "state": "done"}}, STATE)
    assert "Inside the plant" in words(done)


def test_what_was_cancelled_changes_nothing():
    found = Board(FakeApi()).fire("states-content.children", {ENDED: {"id": "job-2", "state": "cancelled"}}, STATE)
    assert found["response"] == {}
