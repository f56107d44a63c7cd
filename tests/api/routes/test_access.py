"""Keys over HTTP: made by an administrator, shown once, taken back."""

from __future__ import annotations

import pytest

from api.schemas.access import NewKeyView, SessionView
from tests.api.conftest import Program


def test_everybody_on_this_machine_may_do_everything_while_it_is_open(oven: Program) -> None:
    session = SessionView.model_validate_json(oven.get("session").content)
    assert (session.open, session.scopes) == (True, ["read", "write", "run", "admin"])


def test_a_key_is_shown_once_and_works_until_it_is_taken_back(oven: Program) -> None:
    made = NewKeyView.model_validate_json(oven.post("keys", json={"name": "gw", "scopes": ["read"]}).content)
    headers = {"Authorization": f"Bearer {made.key}"}
    assert oven.get("session", headers=headers).json()["scopes"] == ["read"]
    assert oven.get("keys", headers=headers).status_code == 403
    listed = oven.get("keys")
    assert [key["id"] for key in listed.json()["items"]] == [made.id]
    assert made.key not in listed.text
    assert oven.request("DELETE", f"keys/{made.id}").status_code == 204
    assert oven.get("session", headers=headers).status_code == 401
    assert oven.request("DELETE", f"keys/{made.id}").status_code == 404


@pytest.mark.parametrize(
    "body", [{"name": "", "scopes": ["read"]}, {"name": "gw", "scopes": []}, {"name": "gw", "scopes": ["root"]}]
)
def test_a_key_for_nobody_or_nothing_is_refused(oven: Program, body: dict[str, object]) -> None:
    assert oven.post("keys", json=body).status_code == 422
