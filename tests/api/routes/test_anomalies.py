"""Anomalies over HTTP; how they are found is tested elsewhere."""

from __future__ import annotations

from typing import Any

import pytest

from api.schemas.anomalies import AnomalyView
from tests.api.conftest import Program
from twin.records.job import Closing, JobState
from twin.services import dispatch, jobs

NOON = "2026-01-14T12:00:00Z"
READING = {"readings": [{"tag": "TT-1", "time": NOON, "value": 20.0}]}
RESULT = {
    "model_version": 2, "start_us": 0, "learn_to_us": 10_000_000, "end_us": 30_000_000, "margin": 1.5,
    "learned_rows": 1, "watched_rows": 2, "alarm_rows": 1, "times_us": [0, 10_000_000, 20_000_000],
    "ratio": [0.4, None, 3.0],
    "episodes": [{"start_us": 20_000_000, "end_us": 20_000_000, "peak_ratio": 3.0, "tag": "TT-1"}],
}  # fmt: skip


@pytest.fixture
def watched(oven: Program, monkeypatch: pytest.MonkeyPatch) -> Program:
    """The oven with one reading; nobody works on its jobs."""
    monkeypatch.setattr(dispatch, "enqueue", lambda *_: None)
    assert oven.post("plants/oven/readings", json=READING).status_code == 200
    return oven


def test_an_order_waits_for_a_runner(watched: Program) -> None:
    answer = watched.post("plants/oven/anomalies", json={"learn_to": NOON, "margin": 2.0})
    assert (answer.status_code, answer.json()["kind"]) == (202, "anomalies")
    asked = jobs.get(watched.context, answer.json()["id"]).payload
    # 2026-01-14 is 20,467 days after the epoch
    assert asked["learn_to_us"] == (20_467 * 86_400 + 12 * 3600) * 1_000_000
    assert (asked["start_us"], asked["margin"], asked["false_alarm_ratio"]) == (None, 2.0, 0.01)


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({}, ["learn_to"]),
        ({"learn_to": "2026-01-14T12:00:00"}, ["learn_to"]),
        ({"learn_to": NOON, "margin": 0}, ["margin"]),
        ({"learn_to": NOON, "start": NOON, "end": NOON}, ["learn_to", "end"]),
    ],
)
def test_what_cannot_be_done_is_not_queued(watched: Program, body: dict[str, Any], where: list[str]) -> None:
    answer = watched.post("plants/oven/anomalies", json=body)
    assert answer.status_code == 422
    assert [fault["where"] for fault in answer.json()["faults"]] == where
    assert watched.get("jobs").json()["items"] == []


def test_without_a_log_or_a_plant_there_is_nothing_to_watch(oven: Program) -> None:
    assert oven.post("plants/oven/anomalies", json={"learn_to": NOON}).status_code == 409
    assert oven.post("plants/kiln/anomalies", json={"learn_to": NOON}).status_code == 404


def test_the_newest_finished_watch_is_told_whole(watched: Program) -> None:
    assert watched.get("plants/oven/anomalies/latest").status_code == 409
    job = watched.post("plants/oven/anomalies", json={"learn_to": NOON}).json()["id"]
    watched.post("plants/oven/anomalies", json={"learn_to": NOON})  # still waits: not yet the newest
    jobs.close(watched.context, job, Closing(JobState.DONE, "done", result=RESULT))
    view = AnomalyView.model_validate_json(watched.get("plants/oven/anomalies/latest").content)
    assert (view.job, view.model_version, view.ratio) == (job, 2, [0.4, None, 3.0])
    assert (view.episodes[0].tag, view.episodes[0].start) == ("TT-1", view.times[2])
