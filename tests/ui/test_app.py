import inspect
import re

import pytest

from tests.ui.board import Board
from tests.ui.fake_api import FakeApi
from ui.pages import PAGES


@pytest.fixture(scope="module")
def board():
    return Board(FakeApi())


def test_every_callback_is_async_so_that_none_can_stall_the_api(board):
    entries = board.dash.callback_map.items()
    callbacks = {key: entry["callback"] for key, entry in entries if "callback" in entry}  # the rest run in the browser
    assert len(callbacks) > 20
    slow = [key for key, callback in callbacks.items() if not inspect.iscoroutinefunction(inspect.unwrap(callback))]
    assert slow == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.TITLE)
def test_every_page_answers_at_its_own_address(board, page):
    answer = board.get(page.PATH)
    assert answer.status_code == 200
    assert "plantwin.css" in answer.text


def test_everything_is_served_by_ourselves(board):
    sources = re.findall(r'(?:src|href)="([^"]+)"', board.get("/").text)
    assert any("plantwin.css" in source for source in sources)
    for source in sources:
        assert source.startswith("/"), source
        assert board.get(source).status_code == 200, source


def test_unknown_addresses_stay_not_found(board):
    assert board.get("/api/v1/plants/none").status_code == 404
    assert board.get("/nothing/here").status_code == 404


def test_our_scripts_are_classic_ones():
    from ui.shell import ASSETS

    scripts = list(ASSETS.glob("**/*.js"))
    assert scripts
    for script in scripts:
        assert not re.search(r"^\s*(import|export)\b", script.read_text(), re.MULTILINE), script
