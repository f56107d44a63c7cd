"""Every route asks for a caller, and for the scope that fits what it does."""

from __future__ import annotations

import pytest

from tests.api.conftest import PASSWORD, PLANT, YAML, Program, closed
from twin.records.access import Scope
from twin.services import access
from twin.settings import Settings

OPEN_TO_ALL = {("GET", "/api/v1/health"), ("POST", "/login"), ("POST", "/logout")}


def bearer(program: Program, *scopes: Scope) -> dict[str, str]:
    """The header of a fresh key."""
    return {"Authorization": f"Bearer {access.create_key(program.context, 'test', scopes)[1]}"}


def test_without_a_login_nothing_but_health_is_told(lite: Settings) -> None:
    with Program(closed(lite)) as program:
        for path, methods in program.get("/api/v1/openapi.json").json()["paths"].items():
            for method in methods:
                if (method.upper(), path) not in OPEN_TO_ALL:
                    answer = program.request(method.upper(), path.replace("{", "").replace("}", ""))
                    assert answer.status_code in (401, 422), (method, path, answer.status_code)
                    assert answer.status_code == 401 or "faults" in answer.json()


def test_a_reader_reads_but_does_not_write(lite: Settings) -> None:
    with Program(closed(lite)) as program:
        headers = bearer(program, Scope.READ)
        assert program.get("plants", headers=headers).status_code == 200
        refused = program.post("plants", content=PLANT, headers={**YAML, **headers})
        assert (refused.status_code, refused.json()["type"]) == (403, "/problems/not-allowed")
        assert program.get("plants", headers=headers).json()["items"] == []


@pytest.mark.parametrize(
    ("scope", "method", "path"),
    [
        (Scope.WRITE, "POST", "plants/oven/recalibrations"),
        (Scope.WRITE, "POST", "plants/oven/predictions"),
        (Scope.WRITE, "POST", "jobs/x/cancel"),
        (Scope.RUN, "POST", "plants/oven/readings"),
        (Scope.RUN, "GET", "keys"),
        (Scope.WRITE, "GET", "plants"),
    ],
)
def test_a_scope_opens_its_own_doors_only(lite: Settings, scope: Scope, method: str, path: str) -> None:
    with Program(closed(lite)) as program:
        assert program.request(method, path, headers=bearer(program, scope), json={}).status_code in (403, 422)
        assert program.request("GET", "session", headers=bearer(program, scope)).json()["scopes"] == [scope.value]


def test_a_wrong_key_is_not_known(lite: Settings) -> None:
    with Program(closed(lite)) as program:
        answer = program.get("plants", headers={"Authorization": "Bearer ptw_0_0"})
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


def test_a_wrong_key_is_refused_on_open_servers_too(oven: Program) -> None:
    assert oven.get("plants", headers={"Authorization": "Bearer nonsense"}).status_code == 401


def test_the_password_opens_by_cookie(lite: Settings) -> None:
    with Program(closed(lite)) as program:
        assert program.post("/login", json={"user": "admin", "password": PASSWORD}).status_code == 200
        assert program.get("plants").status_code == 200
