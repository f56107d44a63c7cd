"""The stand-in and its plans over HTTP; how they are made is tested elsewhere."""

from __future__ import annotations

import json

import pytest

from api.schemas.surrogates import PlanView, SurrogateView
from tests.api.conftest import Program
from tests.ui.recorded_inside import PLAN, SURROGATE
from twin.records.job import Closing, JobState
from twin.services import dispatch, jobs
from twin.services.goals import folder_of

ASKED = {"moves": ["ZC-101"], "goals": [{"tag": "TT-101", "aim": "below", "value": 304.15}]}


@pytest.fixture
def trained(oven: Program, monkeypatch: pytest.MonkeyPatch) -> Program:
    """The oven with the facts of a stand-in beside it."""
    monkeypatch.setattr(dispatch, "enqueue", lambda *_: None)
    monkeypatch.setattr("twin.services.orders._need_readings", lambda *_: None)
    folder = folder_of(oven.context, "oven")
    folder.mkdir(parents=True)
    (folder / "model.json").write_text(json.dumps({**SURROGATE.model_dump(), "sha256": ""}))
    return oven


def test_before_training_it_says_what_to_do(oven: Program) -> None:
    for answer in (oven.get("plants/oven/surrogate"), oven.post("plants/oven/plans", json=ASKED)):
        assert answer.status_code == 409
        assert "twin surrogate train oven" in answer.json()["detail"]


def test_training_is_ordered_with_its_numbers(trained: Program) -> None:
    answer = trained.post("plants/oven/surrogate", json={"worlds": 64})
    assert answer.status_code == 202
    payload = jobs.get(trained.context, answer.json()["id"]).payload
    assert payload == {"worlds": 64, "steps": 3000, "step_s": 300.0, "hours": 8.0, "seed": 0}


def test_its_errors_are_told_whole(trained: Program) -> None:
    view = SurrogateView.model_validate_json(trained.get("plants/oven/surrogate").content)
    assert (view.inside["latent"].near, view.inputs) == (0.97, ["ZC-101"])


def test_all_that_is_wrong_with_a_question_is_named_before_it_waits(trained: Program) -> None:
    wrong = {"moves": ["XX-1"], "goals": [{"tag": "YY-1", "aim": "below"}]}
    answer = trained.post("plants/oven/plans", json=wrong)
    assert answer.status_code == 422
    assert len(answer.json()["faults"]) == 2
    assert jobs.find(trained.context) == []


def test_the_newest_plan_is_told_in_si(trained: Program) -> None:
    assert trained.get("plants/oven/plans/latest").status_code == 409
    job = trained.post("plants/oven/plans", json=ASKED).json()["id"]
    found = {**PLAN.model_dump(mode="json", exclude={"job", "time"}), "time_us": 1_000_000}
    jobs.close(trained.context, job, Closing(JobState.DONE, "", found))
    view = PlanView.model_validate_json(trained.get("plants/oven/plans/latest").content)
    assert (view.job, view.settings, view.time.second) == (job, {"ZC-101": [0.5, 0.25]}, 1)
