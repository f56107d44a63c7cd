"""Events over HTTP: written once, listed by time, refused whole when one is wrong."""

from __future__ import annotations

from api.schemas.base import Page
from api.schemas.readings import EventView
from tests.api.conftest import Program

REPAIR = {"kind": "maintenance", "asset": "oven", "start": "2026-03-02T06:00:00Z", "end": "2026-03-02T08:00:00Z"}
STOP = {"kind": "stop", "start": "2026-03-04T06:00:00Z"}


def test_events_are_written_once_and_listed_by_time(oven: Program) -> None:
    body = {"events": [STOP, REPAIR]}
    assert oven.post("plants/oven/events", json=body).json() == {"new": 2, "changed": 0, "known": 0}
    assert oven.post("plants/oven/events", json=body).json() == {"new": 0, "changed": 0, "known": 2}
    page = Page[EventView].model_validate_json(oven.get("plants/oven/events").content)
    assert [event.kind for event in page.items] == ["maintenance", "stop"]
    early = oven.get("plants/oven/events?end=2026-03-03T00:00:00Z").json()
    assert [event["kind"] for event in early["items"]] == ["maintenance"]


def test_events_are_paged(oven: Program) -> None:
    oven.post("plants/oven/events", json={"events": [STOP, REPAIR]})
    first = oven.get("plants/oven/events?limit=1").json()
    rest = oven.get(f"plants/oven/events?limit=1&cursor={first['next_cursor']}").json()
    assert [event["kind"] for event in first["items"] + rest["items"]] == ["maintenance", "stop"]


def test_one_wrong_event_refuses_all(oven: Program) -> None:
    answer = oven.post("plants/oven/events", json={"events": [STOP, {**REPAIR, "asset": "pump"}]})
    assert (answer.status_code, answer.json()["faults"][0]["where"]) == (422, "events[1] asset")
    assert oven.get("plants/oven/events").json()["items"] == []
