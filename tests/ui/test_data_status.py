import asyncio

from api.schemas.base import Page
from api.schemas.readings import QuarantineView
from api.schemas.status import StatusView
from tests.ui.board import Board, client, ids, words
from tests.ui.fake_api import PLANT, FakeApi
from ui.data_status import data_status


def show(api):
    return asyncio.run(data_status(client(api), "cooling-loop"))


def test_freshness_and_quarantine_stand_side_by_side():
    shown = show(FakeApi())
    text = words(shown)
    assert "57\u202f600 readings kept." in text
    assert "stale by 1 d" in text
    assert "not a number" in text
    assert "quarantine-table" in ids(shown)


def test_an_empty_quarantine_is_good_news():
    shown = show(FakeApi({f"GET {PLANT}/quarantine": Page[QuarantineView](items=[])}))
    assert "every row could be read" in words(shown)
    assert shown.cols["lg"] == 1  # beside the tall list of tags it would be a blank area


def test_without_readings_the_next_step_is_shown():
    assert "twin ingest cooling-loop" in words(show(FakeApi({f"GET {PLANT}/status": StatusView()})))


def test_a_typed_value_brings_the_row_in():
    board = Board(FakeApi())
    change = [{"data": {"id": "1"}, "value": 61.5}]
    board.fire(
        "quarantine-rows.children", {"quarantine-table.cellValueChanged": change}, {"plant.data": "cooling-loop"}
    )
    assert board.api.asked(f"POST {PLANT}/quarantine/1/correction") == [{"value": 61.5}]
