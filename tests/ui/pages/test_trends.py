import json

from api.schemas.readings import SeriesList, SeriesView
from api.schemas.status import StatusView
from tests.ui import recorded as r
from tests.ui.board import Board, ids, words
from tests.ui.fake_api import PLANT, FakeApi
from ui.pages import trends

STATE = {"plant.data": "cooling-loop"}


def draw(board, tags, choice="1 d", start=None, end=None):
    inputs = {
        "trends-tags.value": tags,
        "trends-range.value": choice,
        "trends-from.value": start,
        "trends-to.value": end,
    }
    return board.fire("trends-picture.children", inputs, STATE)


def asked(board):
    return [query for key, query, _body, _headers in board.api.requests if key == f"GET {PLANT}/trends"]


def test_the_last_day_of_the_log_is_asked_for():
    board = Board(FakeApi())
    assert "trends-graph" in ids(draw(board, ["FT-101", "TT-101"]))
    assert asked(board) == [
        {"tags": "FT-101,TT-101", "max_points": "1500", "start": "2026-03-01T14:00:00Z", "end": "2026-03-02T14:00:00Z"}
    ]


def test_chosen_dates_are_wall_clock_of_the_site():
    board = Board(FakeApi())
    draw(board, ["FT-101"], "from … to", "2026-03-01 12:00:00", "2026-03-01 18:00:00")
    assert (asked(board)[0]["start"], asked(board)[0]["end"]) == ("2026-03-01T11:00:00Z", "2026-03-01T17:00:00Z")


def test_events_are_asked_for_the_same_time():
    board = Board(FakeApi())
    draw(board, ["FT-101"])
    asked = [query for key, query, _body, _headers in board.api.requests if key == f"GET {PLANT}/events"]
    assert asked == [{"start": "2026-03-01T14:00:00Z", "end": "2026-03-02T14:00:00Z", "limit": "1000"}]


def test_tags_that_no_model_explains_are_measured_alone():
    series = SeriesView(tag="ZC-101", unit="1", times=r.TIMES, values=[0.5] * len(r.TIMES))
    api = FakeApi({f"GET {PLANT}/readings": SeriesList(items=[series])})
    board = Board(api)
    draw(board, ["ZC-101", "FT-101"])
    assert asked(board)[0]["tags"] == "FT-101"
    assert [q["tags"] for key, q, _body, _headers in api.requests if key == f"GET {PLANT}/readings"] == ["ZC-101"]
    text = words(draw(board, ["ZC-101"]))
    assert "they are shown as measured" in text
    assert "not calibrated" not in text.lower()
    assert len(asked(board)) == 1


def test_a_plant_without_assets_shows_its_tags():
    plant = r.PLANT.model_copy(update={"assets": []})
    series = SeriesView(tag="FT-101", unit="m3/s", times=r.TIMES, values=r.WAVE)
    board = Board(FakeApi({f"GET {PLANT}": plant, f"GET {PLANT}/readings": SeriesList(items=[series])}))
    assert "trends-graph" in ids(draw(board, ["FT-101"]))
    assert asked(board) == []


def test_an_end_before_the_start_is_not_asked():
    board = Board(FakeApi())
    text = words(draw(board, ["FT-101"], "from … to", "2026-03-02 12:00:00", "2026-03-01 12:00:00"))
    assert "Choose a start before the end." in text
    assert asked(board) == []


def test_time_outside_the_training_data_is_told():
    assert "In 7 % of this time" in words(draw(Board(FakeApi()), ["FT-101"]))


def test_an_uncalibrated_plant_is_told():
    api = FakeApi({f"GET {PLANT}/trends": r.TRENDS.model_copy(update={"model_version": None})})
    assert "Nothing is calibrated yet" in words(draw(Board(api), ["FT-101"]))


def test_without_readings_the_next_step_is_shown():
    board = Board(FakeApi({f"GET {PLANT}/status": StatusView()}))
    answer = board.fire("page.children", {"address.pathname": "/trends", "address.search": ""})
    assert "twin ingest cooling-loop" in words(answer)


def test_tags_of_the_address_are_chosen():
    board = Board(FakeApi())
    answer = board.fire("page.children", {"address.pathname": "/trends", "address.search": "?tags=TT-101,XX"})
    assert '"value": ["TT-101"]' in json.dumps(answer)


def test_a_stretch_of_the_address_is_chosen():
    answer = Board(FakeApi()).fire(
        "page.children",
        {"address.pathname": "/trends", "address.search": "?from=2026-03-01T11:00:00Z&to=2026-03-01T17:00:00Z"},
    )
    text = json.dumps(answer, ensure_ascii=False)
    assert all(f'"value": "{value}"' in text for value in ("2026-03-01 12:00:00", "2026-03-01 18:00:00", trends.CUSTOM))


def test_a_stretch_that_cannot_be_read_counts_as_not_said():
    usual = (r.NOW - r.DAY, r.NOW)
    for query in ({}, {"from": "yesterday", "to": "now"}, {"from": "2026-03-01T11:00:00"}):
        assert trends.asked_stretch(query, r.NOW) == usual


def test_date_fields_show_only_where_asked_for():
    board = Board(FakeApi())
    for choice, shown in (("1 d", "none"), ("from … to", "flex")):
        answer = board.fire("trends-dates.style", {"trends-range.value": choice})
        assert answer["response"]["trends-dates"]["style"] == {"display": shown}
