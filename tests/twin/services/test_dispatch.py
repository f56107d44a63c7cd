"""Handing over: a job's workflow is queued once, as JSON, in the partition of its plant."""

from __future__ import annotations

from dataclasses import replace

from tests.twin.store.test_jobs import NEW
from twin.services import dispatch
from twin.services.context import Context
from twin.services.job_kinds import Lane


def test_a_job_is_queued_once_however_often_it_is_handed_over(context: Context) -> None:
    dispatch.prepare(context.settings)
    dispatch.prepare(context.settings)
    for _attempt in range(2):
        dispatch.enqueue(context.settings, NEW)
    dispatch.enqueue(context.settings, replace(NEW, id="job-2", kind="recalibrate", plant="kiln"))
    with dispatch.client(context.settings) as client:
        queued = {workflow.workflow_id: workflow for workflow in client.list_workflows()}
    assert set(queued) == {"job-1", "job-2"}
    assert {name: workflow.queue_name for name, workflow in queued.items()} == {
        "job-1": Lane.QUICK.value,
        "job-2": Lane.LONG.value,
    }
    assert queued["job-2"].queue_partition_key == "kiln"


def test_what_the_queue_holds_is_json() -> None:
    assert dispatch.serializer().serialize({"args": ["job-1", "whatif"]}) == '{"args":["job-1","whatif"]}'
