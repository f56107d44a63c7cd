"""Jobs as a use case: submitted once, found, cancelled, ended with plain JSON."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta

import pytest

from twin.errors import NotFound
from twin.records.job import Closing, JobState
from twin.services import dispatch, jobs
from twin.services.context import Context


@pytest.fixture(autouse=True)
def _handed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """The queue takes everything; what it does with it is tested with real runners."""
    monkeypatch.setattr(dispatch, "enqueue", lambda *_: None)


def test_a_job_submitted_twice_under_one_id_is_one_job(context: Context) -> None:
    first = jobs.submit(context, "predict", "oven", {"seed": 1}, job="nightly-oven-2026-03-02")
    second = jobs.submit(context, "predict", "oven", {"seed": 2}, job="nightly-oven-2026-03-02")
    assert second == first
    assert len(jobs.find(context)) == 1
    assert jobs.exists(context, first.id)


def test_an_unknown_kind_is_refused(context: Context) -> None:
    with pytest.raises(NotFound, match="job kind"):
        jobs.submit(context, "dance", "oven", {})


def test_a_queue_that_is_away_loses_no_job(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise OSError("no queue")

    monkeypatch.setattr(dispatch, "enqueue", away)
    job = jobs.submit(context, "predict", "oven", {})
    assert [waiting.id for waiting in jobs.unfinished(context)] == [job.id]


def test_a_result_is_plain_json(context: Context) -> None:
    job = jobs.submit(context, "predict", "oven", {}).id
    jobs.begin(context, job)
    jobs.close(context, job, Closing(JobState.DONE, "done", result={"a": math.nan, "b": [math.inf, 1.0]}))
    assert jobs.get(context, job).result == {"a": None, "b": [None, 1.0]}


def test_progress_stays_between_nothing_and_all(context: Context) -> None:
    job = jobs.submit(context, "predict", "oven", {}).id
    jobs.begin(context, job)
    assert not jobs.advance(context, job, 1.7, "more than all")
    assert jobs.get(context, job).share == 1.0
    jobs.cancel(context, job)
    assert jobs.advance(context, job, 0.5, "asked to stop")


def test_what_was_never_submitted_is_not_found(context: Context) -> None:
    for use in (jobs.get, jobs.cancel):
        with pytest.raises(NotFound):
            use(context, "job-0")


def test_a_silent_runner_counts_as_gone(context: Context) -> None:
    jobs.report_runner(context, "host/0")
    assert [alive for _, _, alive in jobs.runners(context)] == [True]
    later = context.clock() + jobs.ALIVE + timedelta(seconds=1)
    assert [alive for _, _, alive in jobs.runners(replace(context, clock=lambda: later))] == [False]


def test_waiting_tells_progress_until_the_end(context: Context) -> None:
    job = jobs.submit(context, "predict", "oven", {}).id
    told: list[str] = []

    def pause(_seconds: float) -> None:
        jobs.begin(context, job)
        jobs.close(context, job, Closing(JobState.DONE, "done"))

    done = jobs.wait(context, job, progress=lambda _share, text: told.append(text), pause=pause)
    assert (done.state, told[-1]) == (JobState.DONE, "done")
