"""What no sensor shows over HTTP; how it is computed is tested elsewhere."""

from __future__ import annotations

import pytest

from api.schemas.estimates import EstimateView
from tests.api.conftest import Program
from twin.records.job import Closing, JobState
from twin.services import dispatch, jobs

FOUND = {
    "plant": "oven", "version": 0, "times_us": [0, 60_000_000],
    "hidden": [{"asset": "oven", "quantity": "heat.temperature_k", "unit": "K", "kind": "state", "meaning": "",
                "mean": [293.15, 294.15], "spread": [0.1, None]}],
    "tags": [{"tag": "TT-1", "unit": "K", "beside": 0.1, "innovations": [None, 1.5], "size": 1.5}],
}  # fmt: skip


def test_before_the_first_it_says_what_to_do(oven: Program) -> None:
    answer = oven.get("plants/oven/estimates/latest")
    assert answer.status_code == 409
    assert "POST to its estimates" in answer.json()["detail"]


def test_without_a_log_an_order_is_refused(oven: Program) -> None:
    assert oven.post("plants/oven/estimates").status_code == 409


def test_what_a_job_found_is_told_with_units_as_people_read_them(
    oven: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "enqueue", lambda *_: None)
    monkeypatch.setattr("twin.services.orders._need_readings", lambda *_: None)
    answer = oven.post("plants/oven/estimates", json={"worlds": 8})
    assert answer.status_code == 202
    job = answer.json()["id"]
    assert jobs.get(oven.context, job).payload == {"time_us": None, "worlds": 8, "seed": 0, "filter": "auto"}
    jobs.close(oven.context, job, Closing(JobState.DONE, "", FOUND))
    view = EstimateView.model_validate_json(oven.get("plants/oven/estimates/latest").content)
    assert view.job == job
    assert view.hidden[0].display is not None
    assert (view.hidden[0].display.unit, view.hidden[0].spread) == ("degC", [0.1, None])
    assert (view.tags[0].innovations, view.times[1].second) == ([None, 1.5], 0)


def test_too_many_worlds_are_refused(oven: Program) -> None:
    assert oven.post("plants/oven/estimates", json={"worlds": 10**9}).status_code == 422
