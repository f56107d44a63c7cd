"""kill -9 of the background runner at the worst moments: no job is lost, none is done twice."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable

import pytest

from tests.faults.conftest import eventually
from twin.records.job import FINISHED, JobState
from twin.services import dispatch, jobs
from twin.services.context import Context
from twin.worker import RETAKES

Start = Callable[[], "subprocess.Popen[bytes]"]
ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what does not depend on the database: each of these tests starts several processes."""


def kill(runner: subprocess.Popen[bytes]) -> None:
    """What the kernel does when memory runs out."""
    runner.send_signal(signal.SIGKILL)
    runner.wait()


def ended(context: Context, job: str) -> Callable[[], bool]:
    """Whether a job has ended."""
    return lambda: jobs.get(context, job).state in FINISHED


def test_a_killed_runners_job_goes_on_from_its_last_finished_step(queue: Context, start_runner: Start) -> None:
    job = jobs.submit(queue, "slow", "oven", {"asked": 7}, author="test").id
    first = start_runner()
    eventually(lambda: jobs.get(queue, job).share > 0.4)
    kill(first)
    assert jobs.get(queue, job).state is JobState.RUNNING
    second = start_runner()
    eventually(ended(queue, job))
    done = jobs.get(queue, job)
    assert (done.state, done.attempts, done.error) == (JobState.DONE, 2, None)
    assert done.result == {"trace": [first.pid, second.pid], "asked": 7}


@ONE_DATABASE
def test_a_job_that_the_queue_never_got_is_handed_over(
    queue: Context, start_runner: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise OSError("the server was killed between its two writes")

    with monkeypatch.context() as patch:
        patch.setattr(dispatch, "enqueue", die)
        job = jobs.submit(queue, "slow", "oven", {"asked": 1}).id
    start_runner()
    eventually(ended(queue, job))
    assert jobs.get(queue, job).state is JobState.DONE


@ONE_DATABASE
def test_a_job_that_kills_its_runners_is_given_up(queue: Context, start_runner: Start) -> None:
    deadly = jobs.submit(queue, "deadly", "oven", {}).id
    for attempt in range(1, RETAKES + 2):
        assert start_runner().wait() == -signal.SIGKILL
        assert jobs.get(queue, deadly).attempts == attempt
    start_runner()
    eventually(ended(queue, deadly))
    given_up = jobs.get(queue, deadly)
    assert (given_up.state, given_up.attempts) == (JobState.FAILED, RETAKES + 1)
    assert "died" in str(given_up.error)


@ONE_DATABASE
def test_a_job_is_cancelled_in_the_queue_and_at_work(queue: Context, start_runner: Start) -> None:
    waiting = jobs.submit(queue, "slow", "oven", {"asked": 1}).id
    assert jobs.cancel(queue, waiting).state is JobState.CANCELLED
    working = jobs.submit(queue, "slow", "oven", {"asked": 1}).id
    start_runner()
    eventually(lambda: jobs.get(queue, working).share > 0.1)
    assert jobs.cancel(queue, working).cancel_requested
    eventually(ended(queue, working))
    assert jobs.get(queue, working).state is JobState.CANCELLED
    assert jobs.get(queue, waiting).attempts == 0


@ONE_DATABASE
def test_a_runner_ends_at_once_when_asked_and_says_so(queue: Context, start_runner: Start) -> None:
    runner = start_runner()
    eventually(lambda: any(alive for _, _, alive in jobs.runners(queue)))
    runner.terminate()
    assert runner.wait(10) == 0


@pytest.mark.parametrize("database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_two_runners_share_the_work_of_two_plants(queue: Context, start_runner: Start) -> None:
    ids = [jobs.submit(queue, "slow", plant, {"asked": 1}).id for plant in ("oven", "kiln")]
    runners = {start_runner().pid, start_runner().pid}
    for job in ids:
        eventually(ended(queue, job))
    traces = [set((jobs.get(queue, job).result or {})["trace"]) for job in ids]
    assert all(trace <= runners for trace in traces)
    assert len({runner for runner, _, _ in jobs.runners(queue)}) == 2
