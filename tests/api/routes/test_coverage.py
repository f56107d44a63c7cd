"""Promised against delivered over HTTP; how it is computed is tested elsewhere."""

from __future__ import annotations

import pytest

from api.schemas.coverage import CoverageView
from tests.api.conftest import Program
from tests.twin.store.test_coverage import COVERAGE
from twin.services import coverage, dispatch, models


def test_before_a_model_it_is_not_ready(oven: Program) -> None:
    assert oven.get("plants/oven/coverage/latest").status_code == 409
    assert oven.post("plants/oven/coverage").status_code == 409


def test_before_the_first_it_says_what_to_do(oven: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coverage, "latest", lambda *_: None)
    answer = oven.get("plants/oven/coverage/latest")
    assert answer.status_code == 409
    assert "POST" in answer.json()["detail"]


def test_scores_are_told_whole(oven: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coverage, "latest", lambda *_: COVERAGE)
    view = CoverageView.model_validate_json(oven.get("plants/oven/coverage/latest").content)
    assert (view.version, view.level, len(view.rows)) == (3, 0.9, 2)
    assert (view.rows[0].low, view.rows[0].high, view.rows[0].asked) == (0.8, 0.95, 0.93)
    assert view.rows[1].crps is None


def test_an_order_waits_for_a_runner_and_refuses_an_empty_stretch(
    oven: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "enqueue", lambda *_: None)
    monkeypatch.setattr(models, "champion", lambda *_: None)
    monkeypatch.setattr("twin.services.orders._need_readings", lambda *_: None)
    assert oven.post("plants/oven/coverage").status_code == 202
    stretch = {"start": "2026-01-02T00:00:00Z", "end": "2026-01-01T00:00:00Z"}
    assert oven.post("plants/oven/coverage", json=stretch).status_code == 422
