"""Night reports over HTTP; what nights do is tested elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.api.conftest import Program
from tests.twin.store.test_nights import REPORT
from twin.services import dispatch
from twin.store import nights as store


@pytest.fixture
def reported(oven: Program, monkeypatch: pytest.MonkeyPatch) -> Program:
    """The oven with two reports; nobody works on its jobs."""
    monkeypatch.setattr(dispatch, "enqueue", lambda *_: None)
    with oven.context.sessions.begin() as session:
        for day in ("2026-01-02", "2026-01-03"):
            store.save(session, replace(REPORT, plant="oven", day=day))
    return oven


def test_reports_are_listed_newest_first_in_pages(reported: Program) -> None:
    first = reported.get("plants/oven/nights?limit=1").json()
    assert [item["day"] for item in first["items"]] == ["2026-01-03"]
    rest = reported.get(f"plants/oven/nights?cursor={first['next_cursor']}").json()
    assert [item["day"] for item in rest["items"]] == ["2026-01-02"]


def test_a_report_is_read_by_its_day_and_as_a_page(reported: Program) -> None:
    found = reported.get("plants/oven/nights/2026-01-02").json()
    assert found["findings"][0]["text"] == "A reads too much"
    assert reported.get("plants/oven/nights/latest").json()["day"] == "2026-01-03"
    page = reported.get("plants/oven/nights/2026-01-02/page")
    assert page.headers["content-type"].startswith("text/html")
    assert "A reads too much" in page.text


def test_a_day_without_a_report_is_not_found(reported: Program) -> None:
    assert reported.get("plants/oven/nights/2026-02-01").status_code == 404
    assert reported.get("plants/oven/nights/yesterday").status_code == 422


def test_a_night_is_ordered_once(reported: Program) -> None:
    assert reported.post("plants/oven/nights", json={"day": "2026-01-04"}).status_code == 409
    reading = {"readings": [{"tag": "TT-1", "time": "2026-01-04T12:00:00Z", "value": 20.0}]}
    assert reported.post("plants/oven/readings", json=reading).status_code == 200
    first = reported.post("plants/oven/nights", json={"day": "2026-01-04"})
    assert (first.status_code, first.json()["kind"]) == (202, "nightly")
    assert reported.post("plants/oven/nights", json={"day": "2026-01-04"}).json()["id"] == first.json()["id"]
    assert reported.post("plants/oven/nights", json={"day": "2990-01-04"}).status_code == 422
