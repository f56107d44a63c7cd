"""Rows that could not be taken in, over HTTP: paged, corrected, set aside."""

from __future__ import annotations

import pytest

from api.schemas.base import Page
from api.schemas.readings import QuarantineView
from tests.api.conftest import Program

BAD = [{"tag": f"TT-{number}", "time": "2026-03-02T14:10:00Z", "value": 20.0 + number} for number in (7, 8, 9)]


@pytest.fixture
def waiting(oven: Program) -> list[QuarantineView]:
    """Three rows of unknown tags."""
    oven.post("plants/oven/readings", json={"readings": BAD})
    return Page[QuarantineView].model_validate_json(oven.get("plants/oven/quarantine").content).items


def test_rows_are_paged_in_order_of_arrival(oven: Program, waiting: list[QuarantineView]) -> None:
    first = oven.get("plants/oven/quarantine?limit=2").json()
    rest = oven.get(f"plants/oven/quarantine?limit=2&cursor={first['next_cursor']}").json()
    assert [row["id"] for row in first["items"] + rest["items"]] == [row.id for row in waiting]


def test_a_corrected_row_becomes_a_reading_once(oven: Program, waiting: list[QuarantineView]) -> None:
    path = f"plants/oven/quarantine/{waiting[0].id}/correction"
    corrected = QuarantineView.model_validate_json(oven.post(path, json={"tag": "TT-1"}).content)
    assert corrected.corrected
    assert oven.get("plants/oven/readings?tags=TT-1").json()["items"][0]["values"] == [27.0 + 273.15]
    assert oven.post(path, json={"tag": "TT-1"}).status_code == 409
    assert len(oven.get("plants/oven/quarantine").json()["items"]) == 2


def test_a_correction_that_is_none_changes_nothing(oven: Program, waiting: list[QuarantineView]) -> None:
    answer = oven.post(f"plants/oven/quarantine/{waiting[0].id}/correction", json={"value": 1.0})
    assert (answer.status_code, bool(answer.json()["faults"])) == (422, True)
    assert len(oven.get("plants/oven/quarantine").json()["items"]) == 3


def test_a_dismissed_row_stays_readable(oven: Program, waiting: list[QuarantineView]) -> None:
    assert oven.post(f"plants/oven/quarantine/{waiting[0].id}/dismissal").json()["resolution"] == "dismissed"
    assert len(oven.get("plants/oven/quarantine").json()["items"]) == 2
    assert len(oven.get("plants/oven/quarantine?resolved=true").json()["items"]) == 3
