from tests.ui import recorded as r
from tests.ui import recorded_line as line
from tests.ui.board import Board, ids, words
from tests.ui.fake_api import PLANT, FakeApi

STATE = {"plant.data": "cooling-loop"}


def opened(api):
    return Board(api).fire("page.children", {"address.pathname": "/line", "address.search": ""})["response"]["page"]


def test_the_newest_answer_shows_the_line_as_it_is():
    shown = opened(FakeApi(line.API))
    told = words(shown)
    assert {"line-picture", "line-gains", "line-run"} <= ids(shown)
    assert "36.0 per h" in told  # 0.01 a second
    assert "± 3.6 (95 %)" in told
    assert "availability 90.0 %" in told
    assert "0.90 ± 0.050 % of throughput for 1 % speed" in told
    assert "Replication-deletion" in told


def test_a_plant_without_a_line_shows_how_to_write_one():
    told = words(opened(FakeApi()))
    assert "This plant has no line yet" in told
    assert "type: machine" in told


def test_a_line_that_was_never_run_says_what_to_do():
    api = FakeApi({**line.API, f"GET {PLANT}/what-ifs": r.SUMMARIES})
    assert "The line was not run yet" in words(opened(api))


def test_running_asks_a_what_if_without_changes():
    board = Board(FakeApi(line.API))
    board.fire('{"page":"line","progress":"job"}.data', {"line-run.n_clicks": 1}, STATE)
    sent = board.api.asked(f"POST {PLANT}/what-ifs")
    assert sent == [{"name": "the line as it is", "changes": [], "horizon_s": 86_400.0, "worlds": 256,
                     "sample_s": 180.0, "start": "now"}]  # fmt: skip


def test_the_page_is_drawn_anew_when_the_run_has_ended():
    ended = {'{"page":"line","progress":"ended"}.data': {"id": "job-1", "state": "done", "result": {}}}
    answer = Board(FakeApi(line.API)).fire("line-shown.children", ended, STATE)
    assert "line-picture" in ids(answer)
