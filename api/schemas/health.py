"""Is everything up?"""

from __future__ import annotations

from pydantic import Field

from api.schemas.base import Instant, View


class WorkerView(View):
    """A background runner that has reported."""

    id: str
    seen: Instant
    alive: bool = Field(description="It reported within the last half minute.")


class HealthView(View):
    """State of the server, its database and its background runners."""

    status: str = Field(description='"ok", or "degraded" while no background runner reports.')
    version: str
    database: str = Field(description="sqlite or postgresql.")
    workers: list[WorkerView]
    jobs: dict[str, int] = Field(description="Number of jobs per state.")
