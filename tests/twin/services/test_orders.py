"""Orders for long work: what can be refused is refused before it waits."""

from __future__ import annotations

import pytest

from tests.api.conftest import PLANT
from twin.errors import InvalidInput, NotFound, NotReady
from twin.services import dispatch, jobs, orders, plants, readings
from twin.services.context import Context

QUESTION = {"name": "cooler", "changes": [], "horizon_s": 3600.0, "worlds": 8, "seed": 0, "start": "nominal"}
LOSE_MORE = {"kind": "parameter", "target": "wall.conductance_w_per_k", "value": None, "factor": 2.0, "at_s": 0.0}


@pytest.fixture(autouse=True)
def _oven(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatch, "enqueue", lambda *_: None)
    plants.create(context, PLANT, author="test", reason="")


def test_without_a_log_there_is_nothing_to_learn_from(context: Context) -> None:
    with pytest.raises(NotReady, match="Ingest a log first"):
        orders.recalibration(context, "oven", start_us=None, end_us=None, seed=0, author="me")
    assert jobs.find(context) == []


def test_a_stretch_that_ends_before_it_begins_is_refused(context: Context) -> None:
    with pytest.raises(InvalidInput):
        orders.recalibration(context, "oven", start_us=2, end_us=1, seed=0, author="me")


def test_a_recalibration_is_queued_with_its_stretch(context: Context) -> None:
    readings.write(context, "oven", [{"tag": "TT-1", "time": "2026-01-14T12:00:00Z", "value": 20.0}])
    job = orders.recalibration(context, "oven", start_us=1, end_us=2, seed=3, author="me")
    assert (job.kind, job.payload, job.author) == ("recalibrate", {"start_us": 1, "end_us": 2, "seed": 3}, "me")


def test_every_change_that_does_not_fit_is_named_at_once(context: Context) -> None:
    wrong = [{**LOSE_MORE, "target": "wall.colour"}, {**LOSE_MORE, "target": "pump.speed_ratio"}, LOSE_MORE]
    with pytest.raises(InvalidInput) as refusal:
        orders.what_if(context, "oven", {**QUESTION, "changes": wrong}, author="me")
    assert [fault.where for fault in refusal.value.faults] == ["changes[0].target", "changes[1].target"]
    assert jobs.find(context) == []


def test_a_question_is_queued_as_it_was_asked(context: Context) -> None:
    asked = {**QUESTION, "changes": [LOSE_MORE]}
    job = orders.what_if(context, "oven", asked, author="me")
    assert (job.kind, job.payload) == ("whatif", {"scenario": asked})


def test_an_answer_that_never_was_is_not_replayed(context: Context) -> None:
    with pytest.raises(NotFound):
        orders.replay(context, "oven", "outcome-0", author="me")


def test_a_plant_that_is_not_there_is_not_forecast(context: Context) -> None:
    with pytest.raises(NotFound):
        orders.prediction(context, "kiln", worlds=8, seed=0, author="me")
    asked = {"worlds": 8, "seed": 1, "failure_cost_ratio": 3.0}
    assert orders.prediction(context, "oven", **asked, author="me").payload == asked
