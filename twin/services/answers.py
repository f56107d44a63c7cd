"""Use case: the newest answer of its kind that a job gave for a plant."""

from __future__ import annotations

from twin.errors import NotReady
from twin.records.job import Job, JobState
from twin.services import plants
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
