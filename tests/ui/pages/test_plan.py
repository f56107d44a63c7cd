from tests.ui.board import Board, ids, words
from tests.ui.fake_api import PLANT, FakeApi

STATE = {"plant.data": "cooling-loop"}
OPEN = {"address.pathname": "/plan", "address.search": ""}
GOAL = {"tag": "TT-101", "aim": "below", "value": 304.15}
JOB = '{"page":"plan","progress":"job"}.data'


def run(board, moves, goals):
    state = {"plan-moves.value": moves, "plan-goals.data": goals, "plan-hours.value": 2, **STATE}
    return board.fire(JOB + "@", {"plan-run.n_clicks": 1}, state)


def test_question_answer_and_the_quality_of_the_search_are_shown():
    answer = Board(FakeApi()).fire("page.children", OPEN)
    assert {"plan-moves", "plan-verdict", "plan-quality"} <= ids(answer)


def test_a_question_is_sent_once_with_its_goals():
    board = Board(FakeApi())
    assert "job-2" in words(run(board, ["ZC-101"], [GOAL]))
    assert board.api.asked(f"POST {PLANT}/plans") == [{"moves": ["ZC-101"], "goals": [GOAL], "hours": 2.0}]
    assert board.api.requests[-1][3]["idempotency-key"]


def test_an_empty_question_is_refused_with_the_next_step():
    assert "add at least one goal" in words(run(Board(FakeApi()), [], [])["sideUpdate"])


def test_the_stand_in_is_trained_by_a_button():
    board = Board(FakeApi())
    assert "job-2" in words(board.fire(JOB, {"plan-train.n_clicks": 1}, STATE))
    assert board.api.asked(f"POST {PLANT}/surrogate") == [{}]


def test_without_a_stand_in_the_next_step_is_shown():
    api = FakeApi({f"GET {PLANT}/surrogate": (409, {"title": "Not ready"})})
    assert "twin surrogate train cooling-loop" in words(Board(api).fire("page.children", OPEN))
