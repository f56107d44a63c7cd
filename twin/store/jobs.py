"""Jobs and the background runners that work on them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Float, Integer, String, Text, func, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from twin.records.job import FINISHED, Closing, Job, JobState
from twin.store.base import Base


class JobRow(Base):
    """One job."""

    __tablename__ = "job"

    id: Mapped[str] = mapped_column(String(200), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    plant: Mapped[str] = mapped_column(String(200), index=True)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(20), index=True)
    share: Mapped[float] = mapped_column(Float, default=0.0)
    text: Mapped[str] = mapped_column(Text, default="")
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    error: Mapped[str | None] = mapped_column(Text)
    faults: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    cancel_requested: Mapped[bool] = mapped_column(Boolean, default=False)
    author: Mapped[str] = mapped_column(String(200), default="")
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    created_us: Mapped[int] = mapped_column(BigInteger, index=True)
    started_us: Mapped[int | None] = mapped_column(BigInteger)
    finished_us: Mapped[int | None] = mapped_column(BigInteger)


class RunnerRow(Base):
    """One background runner and when it last reported."""

    __tablename__ = "runner"

    id: Mapped[str] = mapped_column(String(200), primary_key=True)
    seen_us: Mapped[int] = mapped_column(BigInteger)


def _job(row: JobRow) -> Job:
    values = {name: getattr(row, name) for name in Job.__dataclass_fields__}
    return Job(**{**values, "state": JobState(row.state), "faults": tuple(row.faults or ())})


def add(session: Session, job: Job) -> None:
    """Save a new job."""
    session.add(JobRow(**{**vars(job), "state": job.state.value, "faults": list(job.faults)}))


def get(session: Session, job: str) -> Job | None:
    """The job of that id, or None."""
    row = session.get(JobRow, job, populate_existing=True)
    return _job(row) if row else None


def page(
    session: Session, *, plant: str | None, state: str | None, after: tuple[int, str] | None, limit: int
) -> list[Job]:
    """Jobs, newest first, that come after the position `after` (created_us, id)."""
    query = select(JobRow).order_by(JobRow.created_us.desc(), JobRow.id.desc()).limit(limit)
    if plant is not None:
        query = query.where(JobRow.plant == plant)
    if state is not None:
        query = query.where(JobRow.state == state)
    if after is not None:
        created_us, job = after
        earlier = (JobRow.created_us == created_us) & (JobRow.id < job)
        query = query.where(or_(JobRow.created_us < created_us, earlier))
    return [_job(row) for row in session.scalars(query)]


def newest(session: Session, *, plant: str, kind: str, state: JobState) -> Job | None:
    """A plant's newest job of that kind and state, or None."""
    query = select(JobRow).where(JobRow.plant == plant, JobRow.kind == kind, JobRow.state == state.value)
    row = session.scalars(query.order_by(JobRow.created_us.desc(), JobRow.id.desc()).limit(1)).first()
    return _job(row) if row else None


def unfinished(session: Session) -> list[Job]:
    """Every job that is queued or running, oldest first."""
    open_states = [state.value for state in JobState if state not in FINISHED]
    query = select(JobRow).where(JobRow.state.in_(open_states)).order_by(JobRow.created_us)
    return [_job(row) for row in session.scalars(query)]


def counts(session: Session) -> dict[str, int]:
    """Number of jobs per state."""
    found: dict[str, int] = {
        state: count for state, count in session.execute(select(JobRow.state, func.count()).group_by(JobRow.state))
    }
    return {state.value: found.get(state.value, 0) for state in JobState}


def begin(session: Session, job: str, now_us: int) -> bool:
    """Mark a job as taken up; False where it has ended already."""
    row = session.get(JobRow, job, populate_existing=True)
    if row is None or JobState(row.state) in FINISHED:
        return False
    row.state, row.attempts = JobState.RUNNING.value, row.attempts + 1
    row.started_us = row.started_us or now_us
    return True


def advance(session: Session, job: str, share: float, text: str) -> bool:
    """Note progress; True where the user asked to stop."""
    session.execute(update(JobRow).where(JobRow.id == job).values(share=share, text=text))
    return bool(session.scalar(select(JobRow.cancel_requested).where(JobRow.id == job)))


def close(session: Session, job: str, closing: Closing, now_us: int) -> None:
    """End a job, once; a job that has ended stays as it is."""
    ended = [state.value for state in FINISHED]
    values: dict[str, Any] = {
        "state": closing.state.value,
        "text": closing.text,
        "result": closing.result,
        "error": closing.error,
        "faults": list(closing.faults),
        "finished_us": now_us,
    }
    if closing.state is JobState.DONE:
        values["share"] = 1.0
    session.execute(update(JobRow).where(JobRow.id == job, JobRow.state.not_in(ended)).values(**values))


def request_cancel(session: Session, job: str, now_us: int) -> None:
    """Ask a running job to stop; end a queued one at once."""
    session.execute(update(JobRow).where(JobRow.id == job).values(cancel_requested=True))
    waiting = update(JobRow).where(JobRow.id == job, JobRow.state == JobState.QUEUED.value)
    session.execute(
        waiting.values(state=JobState.CANCELLED.value, text="cancelled before it began", finished_us=now_us)
    )


def report(session: Session, runner: str, now_us: int) -> None:
    """Note that a background runner is alive."""
    session.merge(RunnerRow(id=runner, seen_us=now_us))


def runners(session: Session) -> list[tuple[str, int]]:
    """Each background runner and when it last reported, in UTC microseconds."""
    return [(row.id, row.seen_us) for row in session.scalars(select(RunnerRow).order_by(RunnerRow.id))]


def forget(session: Session, runner: str) -> None:
    """Drop a background runner that went for good."""
    row = session.get(RunnerRow, runner)
    if row is not None:
        session.delete(row)
