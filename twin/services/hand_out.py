"""Hands out what running jobs offer to share: each island of a plant as a job that any runner may take."""

from __future__ import annotations

from twin.records.job import JobState
from twin.services import jobs, learning_groups
from twin.services import recalibration_files as files
from twin.services.context import Context

KIND = "learn-island"
SHARED = frozenset({"nightly", "recalibrate"})
"""Kinds of jobs whose training may be shared."""


def submit_offered(context: Context) -> list[str]:
    """Queue the islands that running jobs offer and nobody has finished; returns the new jobs' ids.

    With one runner alive nothing is queued: it does all of them itself.
    """
    if sum(is_alive for _runner, _seen_us, is_alive in jobs.runners(context)) < 2:
        return []
    running = [job for job in jobs.unfinished(context) if job.kind in SHARED and job.state is JobState.RUNNING]
    return [
        new
        for job in running
        for stage in learning_groups.STAGES
        for new in _submitted(context, job.id, job.plant, stage)
    ]


def _submitted(context: Context, job: str, plant: str, stage: str) -> list[str]:
    """Of one stage: the first island is the asking job's own, which it begins with."""
    task = files.digest_of(context, job, learning_groups.task_of(stage))
    if task is None:
        return []
    islands = files.load(context, job, learning_groups.task_of(stage), task)[1]["islands"][1:]
    found = []
    for island in islands:
        name = f"{job}-{stage}-{island}"
        open_ = files.digest_of(context, job, learning_groups.result_of(stage, island)) is None
        if open_ and not jobs.exists(context, name):
            payload = {"of": job, "stage": stage, "island": island}
            found.append(jobs.submit(context, KIND, plant, payload, author=job, job=name).id)
    return found
