"""One step of a job: every ending becomes plain JSON, nothing but a busy database is raised."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from physics.simulate.rollout import RolloutRefused, TooLarge
from twin.errors import Cancelled, Fault, InvalidInput, NotReady
from twin.records.job import JobState
from twin.services import dispatch, job_kinds, job_steps, jobs
from twin.services.context import Context, Progress
from twin.services.job_kinds import Kind, Lane

State = dict[str, Any]


@pytest.fixture
def job(context: Context, monkeypatch: pytest.MonkeyPatch) -> str:
    """A running job of a kind whose one step raises what the state names."""

    def step(_context: Context, state: State, progress: Progress) -> State:
        progress(0.5, "half")
        if state.get("raise"):
            raise state["raise"]
        return {**state, "result": {"seen": state["plant"]}}

    kind = Kind("test", Lane.QUICK, lambda: (("first", step), ("second", step)))
    monkeypatch.setattr(job_kinds, "KINDS", {"test": kind})
    monkeypatch.setattr(dispatch, "enqueue", lambda *_: None)
    found = jobs.submit(context, "test", "oven", {}).id
    jobs.begin(context, found)
    return found


def test_a_step_hands_on_its_state_and_the_last_one_its_result(context: Context, job: str) -> None:
    outcome = job_steps.run_step(context, job, 1, {"plant": "oven"})
    job_steps.finish(context, job, outcome)
    done = jobs.get(context, job)
    assert (done.state, done.result) == (JobState.DONE, {"seen": "oven"})
    assert job_steps.step_names("test") == ["first", "second"]


@pytest.mark.parametrize(
    ("error", "state", "words"),
    [
        (NotReady("no log yet"), JobState.FAILED, "no log yet"),
        (InvalidInput([Fault("a", "1", "2")]), JobState.FAILED, "a: got 1, need 2."),
        (RolloutRefused("sample_s: got 0, need 1."), JobState.FAILED, "sample_s: got 0, need 1."),
        (TooLarge("rollout: got 9 bytes, need 8."), JobState.FAILED, "rollout: got 9 bytes, need 8."),
        (ZeroDivisionError("by zero"), JobState.FAILED, "ZeroDivisionError: by zero. " + job_steps.UNFORESEEN),
        (Cancelled("stop"), JobState.CANCELLED, None),
    ],
    ids=["not ready", "bad input", "refused by the engine", "too large", "a fault of ours", "cancelled"],
)
def test_every_ending_is_json(context: Context, job: str, error: Exception, state: JobState, words: str | None) -> None:
    outcome = job_steps.run_step(context, job, 0, {"plant": "oven", "raise": error})
    job_steps.finish(context, job, json.loads(json.dumps(outcome)))
    ended = jobs.get(context, job)
    assert (ended.state, ended.error) == (state, words)
    assert len(ended.faults) == (1 if isinstance(error, InvalidInput) else 0)


def test_a_busy_database_is_raised_so_that_the_step_is_tried_again(context: Context, job: str) -> None:
    busy = OperationalError("write", {}, Exception("database is locked"))
    with pytest.raises(OperationalError):
        job_steps.run_step(context, job, 0, {"plant": "oven", "raise": busy})


def test_progress_is_a_share_of_the_whole_job_and_written_now_and_then(context: Context, job: str) -> None:
    ticks = itertools.chain([0.0, 0.0, 0.1, 0.9, 0.9])
    tell = job_steps.job_progress(context, job, 0.5, 0.5, ticks=lambda: next(ticks))
    tell(0.0, "begins")
    tell(0.5, "too soon")
    assert (jobs.get(context, job).share, jobs.get(context, job).text) == (0.5, "begins")
    tell(0.5, "later")
    assert (jobs.get(context, job).share, jobs.get(context, job).text) == (0.75, "later")


def test_a_cancelled_job_stops_at_its_next_word(context: Context, job: str) -> None:
    jobs.cancel(context, job)
    outcome = job_steps.run_step(context, job, 0, {"plant": "oven"})
    assert outcome["closing"]["state"] == "cancelled"
