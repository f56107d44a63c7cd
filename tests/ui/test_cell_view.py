from zoneinfo import ZoneInfo

from tests.ui.board import words
from tests.ui.recorded_cell import CELL_VIEW, MEASURED, NOT_HERE
from ui.cell_view import cell_page, standing

BERLIN = ZoneInfo("Europe/Berlin")


def told(piece):
    return words(piece.to_plotly_json())


def test_a_cell_tells_what_an_engineer_asks_first():
    text = told(cell_page(CELL_VIEW, "hall", "line/robot", BERLIN))
    for said in (
        "7.00 s",
        "nine in ten between 6.50 and 7.50 s",
        "3 of 4",
        "No way to place 3: post stands in it.",
        "elbow and post met with 30.0 N at most, first at 4.00 s, in 1 of 2 worlds.",
        "World 1: stuck carrying.",
        "1 of 2 worlds filled their pallet.",
        "0.194 Wh",  # 700 J
        "21 Nov 2026, 18:00",
    ):
        assert said in text, said


def test_the_film_is_fetched_from_the_api():
    text = told(cell_page(CELL_VIEW, "hall", "line/robot", BERLIN))
    assert "/api/v1/plants/hall/cells/film?asset=line%2Frobot" in text


def test_without_a_film_the_reason_is_told():
    bare = CELL_VIEW.model_copy(update={"has_film": False, "result": {**CELL_VIEW.result, "film": "not asked for"}})
    assert "No film: not asked for." in told(cell_page(bare, "hall", "line/robot", BERLIN))


def test_without_the_extra_it_is_told_how_to_get_it():
    assert "pip install 'plantwin[cell]'" in told(standing(NOT_HERE))
    assert "twin cell import FOLDER" in told(standing(NOT_HERE))
    assert "pip install" not in told(standing(MEASURED))
