"""The steps that read an uploaded log: in, and then its copy away."""

from __future__ import annotations

import shutil
from pathlib import Path

from twin.services import ingest
from twin.services.context import Context, Progress
from twin.services.steps import State


def folder_of(context: Context, job: str) -> Path:
    """Where a job keeps its files."""
    return context.home / "work" / job


def tidy(context: Context, state: State, _progress: Progress) -> State:
    """Remove the job's copy of the log, whose readings are in the database now."""
    shutil.rmtree(folder_of(context, state["job"]), ignore_errors=True)
    return state


STEPS = (*ingest.STEPS, ("tidy", tidy))
