"""Failure forecasts over HTTP; how they are computed is tested elsewhere."""

from __future__ import annotations

import pytest

from api.schemas.prognosis import ForecastList
from tests.api.conftest import Program
from twin.records.forecast import FailureForecast
from twin.services import dispatch, prognosis

FORECAST = FailureForecast(
    asset="oven",
    mode="lining worn out",
    issued_us=0,
    probability={1: {"value": 0.1, "low": 0.05, "high": 0.2}},
    remaining_days={"p05": 3.0, "p50": 20.0, "p95": None},
    wear_now={"median": 0.7, "low": 0.6, "high": 0.8},
    contributors=({"name": "load", "share": 0.8},),
    action="reline",
    model_version=1,
    maintenance={"days": 12.5, "saving_ratio": 0.3, "failure_cost_ratio": 5.0},
)


def test_before_the_first_the_list_is_empty(oven: Program) -> None:
    assert oven.get("plants/oven/predictions/latest").json() == {"items": []}


def test_a_forecast_is_told_whole(oven: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prognosis, "latest", lambda *_: (FORECAST,))
    view = ForecastList.model_validate_json(oven.get("plants/oven/predictions/latest").content).items[0]
    assert (view.probability[1].high, view.remaining_days.p95, view.wear_now.median) == (0.2, None, 0.7)
    assert view.maintenance is not None
    assert (view.maintenance.days, view.maintenance.failure_cost_ratio) == (12.5, 5.0)


def test_an_order_waits_for_a_runner_with_or_without_a_body(oven: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatch, "enqueue", lambda *_: None)
    assert oven.post("plants/oven/predictions").status_code == 202
    assert oven.post("plants/oven/predictions", json={"seed": 3}).json()["kind"] == "predict"


@pytest.mark.parametrize(
    ("plant", "body", "status"),
    [
        ("kiln", {}, 404),
        ("oven", {"worlds": 1}, 422),
        ("oven", {"failure_cost_ratio": 0.5}, 422),
        ("oven", {"x": 1}, 422),
    ],
)
def test_what_cannot_be_done_is_not_queued(oven: Program, plant: str, body: dict[str, int], status: int) -> None:
    assert oven.post(f"plants/{plant}/predictions", json=body).status_code == status
    assert oven.get("jobs").json()["items"] == []
