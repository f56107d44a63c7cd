from tests.ui.board import Board, ids
from tests.ui.fake_api import FakeApi
from ui.login import login
from ui.shell import ASSETS


def test_the_card_asks_for_user_and_password():
    assert {"login-user", "login-password", "login-submit", "login-refusal"} <= ids(login())


def test_the_browser_itself_posts_the_form_so_that_it_keeps_the_cookie():
    board = Board(FakeApi())
    entry = next(entry for entry in board.dash._callback_list if entry["output"] == "login-refusal.children")
    assert entry["clientside_function"] == {"namespace": "plantwin", "function_name": "login"}
    assert 'fetch("/login"' in (ASSETS / "login.js").read_text()
