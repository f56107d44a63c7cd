"""The dashboard's door: the cookie is signed, out of reach of scripts and of other sites."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.api.conftest import PASSWORD, Program, closed
from twin.services import attempts
from twin.settings import Settings


@pytest.fixture
def locked(lite: Settings) -> Iterator[Program]:
    """A browser at an installation behind a login."""
    with Program(closed(lite), "https://twin.plant.example") as found:
        yield found


def test_the_password_opens_and_logging_out_closes(locked: Program) -> None:
    assert locked.get("plants").status_code == 401
    answer = locked.post("/login", json={"user": "admin", "password": PASSWORD})
    cookie = answer.headers["set-cookie"].lower()
    assert all(word in cookie for word in ("httponly", "samesite=strict", "secure", "path=/"))
    assert locked.get("plants").status_code == 200
    locked.post("/logout")
    assert locked.get("plants").status_code == 401


def test_a_wrong_password_opens_nothing(locked: Program) -> None:
    answer = locked.post("/login", json={"user": "admin", "password": "guess"})
    assert (answer.status_code, "set-cookie" in answer.headers) == (401, False)
    assert answer.json()["detail"] == "User or password is wrong."


def test_guessing_is_slowed_down_even_for_the_right_password(locked: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "FIRST_WAIT_S", 100.0)  # longer than a slow machine takes for six tries
    wrong, right = ({"user": "admin", "password": text} for text in ("guess", PASSWORD))
    assert [locked.post("/login", json=wrong).status_code for _ in range(5)] == [401] * 5
    answer = locked.post("/login", json=right)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 100
    assert answer.json()["detail"].startswith("Too many wrong passwords from this address. Try again in ")


def test_a_cookie_does_not_stand_for_a_foreign_page(locked: Program) -> None:
    locked.post("/login", json={"user": "admin", "password": PASSWORD})
    body = {"name": "thief", "scopes": ["admin"]}
    assert locked.post("keys", json=body, headers={"Origin": "https://evil.example"}).status_code == 403
    assert locked.post("keys", json=body, headers={"Origin": "https://twin.plant.example"}).status_code == 201
