"""Every refusal is problem+json, with the status of its error class and all faults."""

from __future__ import annotations

import json

import pytest

from api.errors import of_error
from tests.api.conftest import Program
from twin.errors import (
    Cancelled,
    Conflict,
    Fault,
    InvalidInput,
    NotAllowed,
    NotFound,
    NotKnown,
    NotReady,
    Outdated,
    TooMany,
    TwinError,
)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (InvalidInput([Fault("a", "1", "2", "try")]), 422),
        (NotFound("plant", "x"), 404),
        (Conflict("taken"), 409),
        (Outdated("late"), 412),
        (NotReady("no data"), 409),
        (Cancelled("stop"), 409),
        (NotKnown("who"), 401),
        (NotAllowed("run"), 403),
        (TooMany("guesses", 3), 429),
        (TwinError("other"), 422),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_each_error_has_its_status(error: TwinError, status: int) -> None:
    answer = of_error(error)
    body = json.loads(bytes(answer.body))
    assert (answer.status_code, body["status"], body["detail"]) == (status, status, str(error))
    assert answer.media_type == "application/problem+json"


def test_faults_travel_whole() -> None:
    body = json.loads(bytes(of_error(InvalidInput([Fault("a", "1", "2", "try")])).body))
    assert body["faults"] == [{"where": "a", "got": "1", "need": "2", "next_step": "try"}]


def test_an_unknown_address_and_method_are_problems_too(oven: Program) -> None:
    for method, path, status in (("GET", "nowhere", 404), ("DELETE", "plants", 405)):
        answer = oven.request(method, path)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_a_body_that_is_no_json_names_the_place(oven: Program) -> None:
    answer = oven.post("plants/oven/events", content=b"{", headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["faults"]


def test_every_fault_of_a_body_is_named_at_once(oven: Program) -> None:
    body = {"readings": [{"tag": "TT-1", "time": "yesterday", "value": 1}, {"time": "2026-01-01T00:00:00Z", "x": 1}]}
    places = {fault["where"] for fault in oven.post("plants/oven/readings", json=body).json()["faults"]}
    assert places == {"readings.0.time", "readings.1.tag", "readings.1.x"}


def test_a_fault_of_ours_tells_nothing_but_where_to_look(oven: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(_context: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("twin.services.plant_page.overview", break_down)
    answer = oven.get("plants")
    assert (answer.status_code, answer.json()["type"]) == (500, "/problems/fault")
    assert "secret" not in answer.text
    assert answer.headers["x-request-id"]
