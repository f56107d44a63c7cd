"""Handing a job over to the background runners: one durable workflow per job, under the job's own id."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from dbos import DBOS, DBOSClient, DBOSPortableJSONSerializer, EnqueueOptions
from sqlalchemy.engine import make_url

from twin.records.job import Job
from twin.services.job_kinds import kind_of
from twin.settings import Settings

APPLICATION = "plantwin"
WORKFLOW = "plantwin.job"
VERSION = "1"
"""Raised only when a queued job of the old version could not go on under the new one."""


def serializer() -> DBOSPortableJSONSerializer:
    """Plain JSON: what the queue holds can be read by a person, and reading it runs no code."""
    return DBOSPortableJSONSerializer()


def prepare(settings: Settings) -> None:
    """Create or upgrade the queue's own tables."""
    database = make_url(settings.dbos_url)
    if database.get_backend_name() == "sqlite":
        settings.home.mkdir(parents=True, exist_ok=True)
    DBOS.migrate(settings.dbos_url)


@contextmanager
def client(settings: Settings) -> Iterator[DBOSClient]:
    """A connection to the queue for one hand-over."""
    connection = DBOSClient(
        system_database_url=settings.dbos_url,
        serializer=serializer(),
        application_name=APPLICATION,
        retry_connection_errors=False,
    )
    try:
        yield connection
    finally:
        connection.destroy()


def enqueue(settings: Settings, job: Job) -> None:
    """Queue a job's workflow; doing it twice changes nothing, since the job's id is the workflow's.

    Long work is partitioned by plant, so that no two of its jobs ever run on one plant at the same time, but for parts
    of one job that are made to.
    """
    kind = kind_of(job.kind)
    options: EnqueueOptions = {
        "workflow_name": WORKFLOW,
        "queue_name": kind.lane.value,
        "workflow_id": job.id,
        "app_version": VERSION,
        "queue_partition_key": job.id if kind.apart else job.plant or "-",
    }
    with client(settings) as connection:
        connection.enqueue(options, job.id, job.kind)
