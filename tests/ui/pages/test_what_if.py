from api.schemas.base import Page
from api.schemas.scenarios import OutcomeSummary
from tests.ui import recorded as r
from tests.ui.board import Board, ids, words
from tests.ui.fake_api import PLANT, FakeApi
from ui.changes import Targets

STATE = {"plant.data": "cooling-loop"}
TARGETS = {"what-if-targets.data": Targets.of(r.TARGETS.items, r.PLANT).stored()}
VALVE = "utilities/loop/valve-1.opening_ratio"
CHANGE = {"kind": "input", "target": VALVE, "value": 0.6, "at_s": 0.0}


def run(board, changes):
    state = {
        "what-if-changes.data": changes, "what-if-name.value": "valve at 60 %", "what-if-horizon.value": "8 h",
        "what-if-worlds.value": 128, "what-if-seed.value": 7, **STATE,
    }  # fmt: skip
    return board.fire('{"page":"what-if","progress":"job"}.data', {"what-if-run.n_clicks": 1}, state)


def finish(result):
    ended = {'{"page":"what-if","progress":"ended"}.data': {"id": "job-1", "state": "done", "result": result}}
    return Board(FakeApi()).fire("what-if-list.children", ended, STATE)["response"]


def test_running_sends_the_whole_question_once():
    board = Board(FakeApi())
    answer = run(board, [CHANGE])
    assert "job-2" in words(answer)
    sent = board.api.asked(f"POST {PLANT}/what-ifs")
    assert sent == [
        {"name": "valve at 60 %", "changes": [CHANGE], "horizon_s": 28_800, "worlds": 128, "seed": 7, "sample_s": 60.0}
    ]
    assert board.api.requests[-1][3]["idempotency-key"]


def test_an_empty_question_is_refused_with_the_next_step():
    board = Board(FakeApi())
    assert "Add at least one change" in words(run(board, [])["sideUpdate"])
    assert board.api.asked(f"POST {PLANT}/what-ifs") == []


def test_a_fault_of_the_api_is_shown_in_full():
    fault = {"where": "changes[0].value", "got": "6", "need": "<= 1", "next_step": "Check the unit."}
    api = FakeApi({f"POST {PLANT}/what-ifs": (422, {"title": "Invalid input", "faults": [fault]})})
    assert "got 6, need <= 1." in words(run(Board(api), [CHANGE])["sideUpdate"])


def test_the_newest_answer_is_opened_when_the_work_has_ended():
    assert finish({"outcome": "out-1", "verdict": "Saves energy."})["what-if-shown"]["data"] == "out-1"


def test_a_replay_says_whether_every_bit_is_the_same():
    assert "Every bit is the same" in words(finish({"identical": True, "outcome": "out-1"}))
    changed = finish({"identical": False, "outcome": "out-1", "differences": ["numpy 2.1 became 2.2"]})
    assert "numpy 2.1 became 2.2" in words(changed)
    assert "what-if-shown" not in changed


def test_an_answer_is_shown_with_its_bands():
    board = Board(FakeApi())
    assert "Saves energy" in words(
        board.fire("what-if-answer.children", {"what-if-shown.data": "out-1"}, {**TARGETS, **STATE})
    )
    state = {"what-if-shown.data": "out-1", **STATE}
    assert "what-if-graph" in ids(board.fire("what-if-bands.children", {"what-if-tag.value": "FT-101"}, state))


def test_a_replay_asks_the_api():
    board = Board(FakeApi())
    state = {"what-if-shown.data": "out-1", **STATE}
    board.fire('{"page":"what-if","progress":"job"}.data@', {"what-if-replay.n_clicks": 1}, state)
    assert board.api.asked(f"POST {PLANT}/what-ifs/out-1/replay") == [{}]


def test_without_earlier_answers_the_next_step_is_shown():
    board = Board(FakeApi({f"GET {PLANT}/what-ifs": Page[OutcomeSummary](items=[])}))
    answer = board.fire("page.children", {"address.pathname": "/what-if", "address.search": ""})
    assert "Choose a change on the left and run it." in words(answer)
