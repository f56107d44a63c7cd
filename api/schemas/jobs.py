"""Long work: where it stands and what came of it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.schemas.base import Document, Instant, View
from api.schemas.problem import FaultView

JobState = Literal["queued", "running", "done", "failed", "cancelled"]

FINISHED = frozenset({"done", "failed", "cancelled"})


class JobView(View):
    """One piece of long work; poll it, or read its events as a stream."""

    id: str
    kind: str = Field(description="What kind of work: ingest, recalibrate, whatif, predict and so on.")
    plant: str
    state: JobState
    share: float = Field(description="Share done, 0 to 1.")
    text: str = Field(description="What it is doing, in words.")
    result: Document | None = Field(default=None, description="What came of it, once done.")
    error: str | None = Field(default=None, description="Why it failed, in words.")
    faults: list[FaultView] = Field(default_factory=list, description="What was wrong with the input, if that was it.")
    cancel_requested: bool = False
    author: str = ""
    created: Instant
    started: Instant | None = None
    finished: Instant | None = None
