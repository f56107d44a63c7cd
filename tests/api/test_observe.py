"""Requests are counted by route, never by address, so that the number of series stays small."""

from __future__ import annotations

from tests.api.conftest import Program


def test_requests_are_counted_by_route(oven: Program) -> None:
    oven.get("plants/oven")
    oven.get("plants/kiln")
    text = oven.get("metrics").text
    assert 'plantwin_requests_total{method="GET",route="/plants/{plant}",status="200"} 1.0' in text
    assert 'plantwin_requests_total{method="GET",route="/plants/{plant}",status="404"} 1.0' in text
    assert "kiln" not in text


def test_jobs_are_counted_by_state(oven: Program) -> None:
    assert 'plantwin_jobs{state="queued"} 0.0' in oven.get("metrics").text


def test_each_answer_has_an_id_of_its_own(oven: Program) -> None:
    assert oven.get("plants").headers["x-request-id"] != oven.get("plants").headers["x-request-id"]
