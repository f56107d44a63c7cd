import asyncio

from api.schemas.models import ModelView
from tests.ui import recorded as r
from tests.ui.board import Board, client, words
from tests.ui.fake_api import PLANT, FakeApi
from ui.anomalies import anomalies, answer
from ui.words import local, site_zone

ZONE = site_zone("Europe/Berlin")
STATE = {"plant.data": "cooling-loop"}
JOB, ENDED = ('{"page":"anomalies","progress":"job"}.data', '{"page":"anomalies","progress":"ended"}.data')
NOT_YET = (409, {"title": "Not ready"})


def show(api):
    return asyncio.run(anomalies(client(api), "cooling-loop", ZONE))


def picked(tree):
    """Value of the field `healthy until`."""
    return next(item.value for item in tree.children[1].children if item.id == "anomalies-until")


def order(board, until, start=None):
    inputs = {"anomalies-run.n_clicks": 1}
    return board.fire(JOB, inputs, {"anomalies-from.value": start, "anomalies-until.value": until, **STATE})


def test_alarms_are_told_strongest_first_with_a_way_to_them():
    shown = answer(r.ANOMALIES, "cooling-loop", ZONE)
    text = words(shown)
    assert "13 of 138 rows alarm. Seen with model version 3." in text
    assert text.index("FT-101") < text.index("TT-101")
    # 2 h before row 200 (06:45 UTC) and after row 211 (07:40 UTC)
    assert "tags=FT-101&from=2026-03-02T04:45:00Z&to=2026-03-02T09:40:00Z" in text


def test_before_the_first_look_the_gates_window_tells_what_is_healthy():
    shown = show(FakeApi({f"GET {PLANT}/anomalies/latest": NOT_YET}))
    assert "Nobody has looked yet." in words(shown)
    begin = ModelView.model_validate(r.MODEL).gate.window[0]
    assert picked(shown) == f"{local(begin, ZONE):%Y-%m-%d %H:%M:%S}"


def test_afterwards_the_last_choice_stays():
    assert picked(show(FakeApi())) == "2026-03-02 03:35:00"


def test_without_a_model_nothing_is_guessed():
    api = FakeApi({f"GET {PLANT}/anomalies/latest": NOT_YET, f"GET {PLANT}/models/champion": NOT_YET})
    assert picked(show(api)) is None


def test_an_order_names_the_healthy_rows_in_utc():
    board = Board(FakeApi())
    order(board, "2026-03-01 12:00:00")
    order(board, "2026-03-01 12:00:00", "2026-02-01 12:00:00")
    assert board.api.asked(f"POST {PLANT}/anomalies") == [
        {"learn_to": "2026-03-01T11:00:00Z"},
        {"start": "2026-02-01T11:00:00Z", "learn_to": "2026-03-01T11:00:00Z"},
    ]


def test_without_healthy_rows_nothing_is_ordered():
    board = Board(FakeApi())
    assert "Choose until when the plant was healthy" in words(order(board, None))
    assert board.api.asked(f"POST {PLANT}/anomalies") == []


def test_the_answer_appears_when_the_work_is_done():
    board = Board(FakeApi())
    done = board.fire("anomalies-found.children", {ENDED: {"id": "job-9", "state": "done", "result": {}}}, STATE)
    assert "13 of 138 rows alarm" in words(done)
    failed = board.fire("anomalies-found.children", {ENDED: {"id": "job-9", "state": "failed"}}, STATE)
    assert failed["response"] == {}


def test_what_the_newest_night_found_stands_below():
    told = words(show(FakeApi()).to_plotly_json())
    assert "Found by the night after 2026-03-01" in told
    assert "PT-1 reads 0.3 bar more than the model" in told
    none = FakeApi({f"GET {PLANT}/nights/latest": NOT_YET})
    assert "Found by the night" not in words(show(none).to_plotly_json())
