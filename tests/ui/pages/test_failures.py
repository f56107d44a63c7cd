from api.schemas.prognosis import ForecastList, MaintenanceView, RemainingView
from tests.ui import recorded as r
from tests.ui.board import Board, ids, words
from tests.ui.fake_api import PLANT, FakeApi
from ui.pages.failures import detail, row
from ui.words import asset_names

STATE = {"plant.data": "cooling-loop"}
NAMES = asset_names(r.PLANT)


def test_a_row_gives_chances_with_intervals_life_and_action():
    shown = row(r.BEARING, NAMES)
    assert shown["name"] == "Main pump"
    assert shown["p30"] == "41 % (35\u2060–\u206047)"
    assert shown["life"] == "33 d (12 d … 58 d)"
    assert shown["wear"] == "70 %"
    assert shown["action"] == "replace the bearing"


def test_the_page_shows_when_and_with_which_model_it_was_issued():
    board = Board(FakeApi())
    answer = board.fire("page.children", {"address.pathname": "/failures", "address.search": ""})
    assert "Issued 02 Mar 2026, 15:00 from model version 3." in words(answer)
    assert {"failures-table", "failures-timeline", "failures-run"} <= ids(answer)


def test_the_chosen_row_is_explained():
    board = Board(FakeApi())
    chosen = {"failures-table.selectedRows": [row(r.SEAT, NAMES)]}
    assert "valve-1 · seat leaks" in words(board.fire("failures-detail.children", chosen, STATE))


def test_the_date_that_costs_least_stands_beside_the_action():
    due = MaintenanceView(days=24.5, saving_ratio=0.4, failure_cost_ratio=5.0)
    told = words(detail(r.BEARING.model_copy(update={"maintenance": due}), NAMES))
    assert "replace the bearing in 24 d, cheapest where a failure costs 5 times as much" in told
    at_once = r.BEARING.model_copy(update={"maintenance": due.model_copy(update={"days": 0.0})})
    assert "replace the bearing now" in words(detail(at_once, NAMES))
    assert "cheapest" not in words(detail(r.BEARING, NAMES))


def test_a_prediction_is_started_and_shown_when_done():
    board = Board(FakeApi())
    started = board.fire('{"page":"failures","progress":"job"}.data', {"failures-run.n_clicks": 1}, STATE)
    assert "job-2" in words(started)
    assert board.api.asked(f"POST {PLANT}/predictions") == [{}]
    ended = {'{"page":"failures","progress":"ended"}.data': {"id": "job-2", "state": "done"}}
    assert "failures-table" in ids(board.fire("failures-content.children", ended, STATE))


def test_without_a_forecast_the_next_step_is_shown():
    board = Board(FakeApi({f"GET {PLANT}/predictions/latest": (404, {"title": "Not found"})}))
    answer = board.fire("page.children", {"address.pathname": "/failures", "address.search": ""})
    assert "twin predict cooling-loop" in words(answer)


def test_a_forecast_from_priors_alone_says_so():
    guesses = ForecastList(items=[r.BEARING.model_copy(update={"model_version": 0})])
    board = Board(FakeApi({f"GET {PLANT}/predictions/latest": guesses}))
    answer = board.fire("page.children", {"address.pathname": "/failures", "address.search": ""})
    assert "priors alone" in words(answer)


def test_a_limit_that_is_reached_says_so():
    broken = r.BEARING.model_copy(update={"remaining_days": RemainingView(p05=0.0, p50=0.0, p95=0.0)})
    assert row(broken, NAMES)["life"] == "reached"
