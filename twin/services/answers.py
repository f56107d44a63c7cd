"""Use cases: the newest answer of its kind for a plant, and keeping one that was worked out at a terminal."""

from __future__ import annotations

import uuid
from typing import Any

from twin.errors import NotReady
from twin.records.job import Job, JobState
from twin.services import plants
from twin.services.clock import now_us
from twin.services.context import Context
from twin.store import jobs as store


def newest(context: Context, plant: str, kind: str, missing: str) -> Job:
    """The newest job of that kind that has ended well.

    Args:
        context: Access to the database.
        plant: Name of the plant.
        kind: Of the job.
        missing: What to say, and what to do next, where there is none.
    Raises: NotFound; NotReady, before the first.
    """
    plants.get(context, plant)
    with context.sessions() as session:
        found = store.newest(session, plant=plant, kind=kind, state=JobState.DONE)
    if found is None:
        raise NotReady(f"plant {plant!r}: {missing}")
    return found


def keep(context: Context, plant: str, kind: str, asked: dict[str, Any], result: dict[str, Any]) -> Job:
    """Keep an answer as a job that has ended well, so that pages and programs find it."""
    moment_us = now_us(context)
    job = Job(
        id=f"{kind}-{uuid.uuid4().hex[:16]}", kind=kind, plant=plant, payload=asked, state=JobState.DONE, share=1.0,
        text="done at a terminal", result=result, error=None, faults=(), cancel_requested=False, author="terminal",
        attempts=1, created_us=moment_us, started_us=moment_us, finished_us=moment_us,
    )  # fmt: skip
    with context.sessions.begin() as session:
        store.add(session, job)
    return job
