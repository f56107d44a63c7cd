import pytest

from api.schemas.base import Page
from api.schemas.plants import PlantSummary
from tests.ui import recorded as r
from tests.ui.board import Board, ids, words
from tests.ui.fake_api import FakeApi
from ui.pages import PAGES
from ui.shell import link


def show(board, path, search=""):
    answer = board.fire("page.children", {"address.pathname": path, "address.search": search})
    return answer["response"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.TITLE)
def test_every_page_opens_with_its_title_and_the_synthetic_label(page):
    shown = show(Board(FakeApi()), page.PATH)
    assert page.TITLE in words(shown["page"])
    assert "synthetic-label" in ids(shown["labels"])
    assert shown["alerts"]["children"] == []


def test_a_real_plant_is_not_called_synthetic():
    real = r.PLANTS.items[0].model_copy(update={"synthetic": False})
    api = FakeApi({"GET /plants": Page[PlantSummary](items=[real])})
    assert "synthetic-label" not in ids(show(Board(api), "/")["labels"])


def test_the_menu_keeps_the_chosen_plant():
    menu = show(Board(FakeApi()), "/models", "?plant=cooling-loop")["menu"]["children"]
    assert [entry["props"]["href"] for entry in menu][:2] == ["/?plant=cooling-loop", "/line?plant=cooling-loop"]
    assert [entry["props"]["label"] for entry in menu if entry["props"]["active"]] == ["Models"]


def test_without_a_plant_the_next_step_is_shown():
    api = FakeApi({"GET /plants": Page[PlantSummary](items=[])})
    assert "twin plant import plant.yaml" in words(show(Board(api), "/")["page"])


def test_a_plant_that_does_not_exist_is_said_not_hidden():
    assert "There is no plant 'hall-9'" in words(show(Board(FakeApi()), "/", "?plant=hall-9")["alerts"])


def test_a_visitor_without_session_gets_the_login():
    api = FakeApi({"GET /plants": (401, {"title": "Log in first"})})
    shown = show(Board(api), "/")
    assert "login-password" in ids(shown["page"])
    assert shown["menu"]["children"] == []


def test_a_fault_of_the_api_becomes_an_alert():
    api = FakeApi({"GET /plants/cooling-loop/revisions": (500, {"title": "Database is gone", "detail": "disk full"})})
    shown = show(Board(api), "/")
    assert "Database is gone (500)" in words(shown["page"])
    assert [entry["props"]["label"] for entry in shown["menu"]["children"]][:2] == ["Plant", "Line"]


def test_choosing_another_plant_changes_the_address():
    board = Board(FakeApi())
    answer = board.fire("address.search", {"plant-choice.value": "hall-2"}, {"plant.data": "cooling-loop"})
    assert answer["response"]["address"]["search"] == "?plant=hall-2"


def test_an_address_leaves_out_what_is_empty():
    assert link({"plant": "a b", "asset": None}) == "?plant=a+b"
