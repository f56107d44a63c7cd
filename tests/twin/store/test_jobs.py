"""Jobs in the database: one way from queued to an end, whoever writes when."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from twin.records.job import Closing, Job, JobState
from twin.services.context import Context
from twin.store import jobs

NEW = Job(
    "job-1", "whatif", "oven", {"x": 1}, JobState.QUEUED, 0.0, "", None, None, (), False, "me", 0, 1000, None, None
)


@pytest.fixture
def session(context: Context) -> Session:
    """One transaction on a database with one queued job."""
    opened = context.sessions()
    jobs.add(opened, NEW)
    opened.flush()
    return opened


def test_a_job_is_read_as_it_was_written(session: Session) -> None:
    with session:
        assert jobs.get(session, "job-1") == NEW
        assert jobs.get(session, "job-2") is None


def test_the_newest_of_a_kind_and_state_is_found(session: Session) -> None:
    with session:
        for number, (plant, kind) in enumerate([("oven", "whatif"), ("oven", "predict"), ("kiln", "whatif")]):
            jobs.add(session, replace(NEW, id=f"later-{number}", plant=plant, kind=kind, created_us=2000 + number))
        session.flush()
        found = jobs.newest(session, plant="oven", kind="whatif", state=JobState.QUEUED)
        assert found is not None
        assert found.id == "later-0"
        assert jobs.newest(session, plant="oven", kind="whatif", state=JobState.DONE) is None


def test_a_job_ends_once(session: Session) -> None:
    with session:
        assert jobs.begin(session, "job-1", 2000)
        jobs.close(session, "job-1", Closing(JobState.DONE, "done", result={"a": 1}), 3000)
        jobs.close(session, "job-1", Closing(JobState.FAILED, "late", error="x"), 4000)
        done = jobs.get(session, "job-1")
        assert done is not None
        assert (done.state, done.share, done.result, done.error) == (JobState.DONE, 1.0, {"a": 1}, None)
        assert (done.attempts, done.started_us, done.finished_us) == (1, 2000, 3000)
        assert not jobs.begin(session, "job-1", 5000)


def test_a_second_attempt_keeps_the_first_start(session: Session) -> None:
    with session:
        jobs.begin(session, "job-1", 2000)
        jobs.begin(session, "job-1", 9000)
        again = jobs.get(session, "job-1")
        assert again is not None
        assert (again.attempts, again.started_us) == (2, 2000)


def test_a_queued_job_is_cancelled_at_once_and_a_running_one_is_asked(session: Session) -> None:
    with session:
        jobs.add(session, replace(NEW, id="job-2"))
        session.flush()
        jobs.begin(session, "job-2", 2000)
        for job in ("job-1", "job-2"):
            jobs.request_cancel(session, job, 3000)
        found = [jobs.get(session, job) for job in ("job-1", "job-2")]
        assert [(job.state, job.cancel_requested) for job in found if job] == [
            (JobState.CANCELLED, True),
            (JobState.RUNNING, True),
        ]
        assert jobs.advance(session, "job-2", 0.5, "half")


def test_pages_join_to_all_jobs_newest_first(session: Session) -> None:
    with session:
        for number in range(2, 7):
            jobs.add(session, replace(NEW, id=f"job-{number}", created_us=1000 * (number // 2)))
        session.flush()
        seen, after = [], None
        while page := jobs.page(session, plant="oven", state=None, after=after, limit=2):
            seen += [job.id for job in page]
            after = (page[-1].created_us, page[-1].id)
        assert seen == ["job-6", "job-5", "job-4", "job-3", "job-2", "job-1"]
        assert jobs.page(session, plant="kiln", state=None, after=None, limit=2) == []


def test_jobs_are_counted_by_state(session: Session) -> None:
    with session:
        assert jobs.counts(session) == {"queued": 1, "running": 0, "done": 0, "failed": 0, "cancelled": 0}
        assert [job.id for job in jobs.unfinished(session)] == ["job-1"]


def test_runners_are_remembered_by_their_last_report(session: Session) -> None:
    with session:
        for now_us in (10, 20):
            jobs.report(session, "host/0", now_us)
            session.flush()
        assert jobs.runners(session) == [("host/0", 20)]
        jobs.forget(session, "host/0")
        session.flush()
        assert jobs.runners(session) == []
