"""One piece of long work and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class JobState(StrEnum):
    """A job starts queued and ends done, failed or cancelled."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


FINISHED = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})


@dataclass(frozen=True)
class Job:
    """Long work of one kind on one plant.

    Attributes: payload, what was asked, JSON; share, done so far, 0 to 1; result, JSON, once done; error and faults,
    why it failed; attempts, how often a runner took it up (more than one after a killed runner).
    """

    id: str
    kind: str
    plant: str
    payload: dict[str, Any]
    state: JobState
    share: float
    text: str
    result: dict[str, Any] | None
    error: str | None
    faults: tuple[dict[str, str], ...]
    cancel_requested: bool
    author: str
    attempts: int
    created_us: int
    started_us: int | None
    finished_us: int | None


@dataclass(frozen=True)
class Closing:
    """How a job ended."""

    state: JobState
    text: str
    result: dict[str, Any] | None = None
    error: str | None = None
    faults: tuple[dict[str, str], ...] = field(default_factory=tuple)
