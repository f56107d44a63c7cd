"""Long work as a use case: submit, look, cancel, and what a runner does to a job."""

from __future__ import annotations

import math
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import structlog

from twin.errors import NotFound
from twin.records.job import FINISHED, Closing, Job, JobState
from twin.services import dispatch
from twin.services.clock import now_us
from twin.services.context import Context
from twin.services.job_kinds import kind_of
from twin.store import jobs as store

ALIVE = timedelta(seconds=30)
"""A runner reports every few seconds; one that has been silent for this long counts as gone."""

log = structlog.get_logger(__name__)


def new_id(kind: str) -> str:
    """A fresh job id, e.g. to lay files beside a job before it is submitted."""
    return f"{kind}-{uuid.uuid4().hex[:16]}"


def submit(
    context: Context, kind: str, plant: str, payload: dict[str, Any], *, author: str = "", job: str | None = None
) -> Job:
    """Queue long work; with a `job` id that is known already, return that job and change nothing.

    Raises: NotFound, when there is no such kind.
    """
    kind_of(kind)
    entry = Job(
        id=job or new_id(kind),
        kind=kind,
        plant=plant,
        payload=payload,
        state=JobState.QUEUED,
        share=0.0,
        text="waiting for a background runner",
        result=None,
        error=None,
        faults=(),
        cancel_requested=False,
        author=author,
        attempts=0,
        created_us=now_us(context),
        started_us=None,
        finished_us=None,
    )
    with context.sessions() as session:
        known = store.get(session, entry.id)
        if known is not None:
            return known
        store.add(session, entry)
        session.commit()
    hand_over(context, entry)
    return entry


def hand_over(context: Context, job: Job) -> None:
    """Put a job into the durable queue; where that fails the job stays queued, and a runner's sweep repeats it."""
    try:
        dispatch.enqueue(context.settings, job)
    except Exception:  # whatever the queue's library raises: the job is written, and nothing is lost
        log.warning("the queue did not take a job; a runner's next sweep hands it over", job=job.id, exc_info=True)


def get(context: Context, job: str) -> Job:
    """The job of that id.

    Raises: NotFound.
    """
    with context.sessions() as session:
        found = store.get(session, job)
    if found is None:
        raise NotFound("job", job)
    return found


def exists(context: Context, job: str) -> bool:
    """Whether a job of that id was ever submitted."""
    with context.sessions() as session:
        return store.get(session, job) is not None


def find(
    context: Context,
    *,
    plant: str | None = None,
    state: str | None = None,
    after: tuple[int, str] | None = None,
    limit: int = 50,
) -> list[Job]:
    """Jobs, newest first, after the position (created_us, id) of the last one seen."""
    with context.sessions() as session:
        return store.page(session, plant=plant, state=state, after=after, limit=limit)


def cancel(context: Context, job: str) -> Job:
    """Ask a job to stop at its next progress call or step; one that has ended stays as it is.

    Raises: NotFound.
    """
    get(context, job)
    with context.sessions() as session:
        store.request_cancel(session, job, now_us(context))
        session.commit()
    return get(context, job)


def counts(context: Context) -> dict[str, int]:
    """Number of jobs per state."""
    with context.sessions() as session:
        return store.counts(session)


def unfinished(context: Context) -> list[Job]:
    """Every job that is queued or running."""
    with context.sessions() as session:
        return store.unfinished(session)


def begin(context: Context, job: str) -> bool:
    """Take a job up; False where it has ended already, e.g. was cancelled in the queue."""
    with context.sessions() as session:
        going = store.begin(session, job, now_us(context))
        session.commit()
    return going


def advance(context: Context, job: str, share: float, text: str) -> bool:
    """Note progress; True where the user asked to stop."""
    with context.sessions() as session:
        stop = store.advance(session, job, min(max(share, 0.0), 1.0), text)
        session.commit()
    return stop


def close(context: Context, job: str, closing: Closing) -> None:
    """End a job, once."""
    whole = Closing(**{**vars(closing), "result": _finite(closing.result)})
    with context.sessions() as session:
        store.close(session, job, whole, now_us(context))
        session.commit()


def report_runner(context: Context, runner: str) -> None:
    """Note that a background runner is alive."""
    with context.sessions() as session:
        store.report(session, runner, now_us(context))
        session.commit()


def runners(context: Context) -> list[tuple[str, int, bool]]:
    """Each runner, when it last reported (UTC microseconds), and whether it counts as alive."""
    newest_us = now_us(context) - round(ALIVE.total_seconds() * 1e6)
    with context.sessions() as session:
        return [(runner, seen_us, seen_us >= newest_us) for runner, seen_us in store.runners(session)]


def wait(context: Context, job: str, *, progress: Callable[[float, str], None], pause: Callable[[float], None]) -> Job:
    """Follow a job to its end, e.g. for a command line; `pause` sleeps for so many seconds."""
    while (current := get(context, job)).state not in FINISHED:
        progress(current.share, current.text)
        pause(0.3)
    progress(current.share, current.text)
    return current


def _finite(value: Any) -> Any:
    """NaN and infinity as null: JSON has neither."""
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
