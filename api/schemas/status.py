"""How fresh a plant's data are: the newest reading of every tag, and what waits in quarantine."""

from __future__ import annotations

from pydantic import Field

from api.schemas.base import Display, Instant, Number, View
from api.schemas.readings import QualityWord


class TagStatusView(View):
    """The newest reading of one sensor or input, in SI."""

    tag: str
    unit: str = Field(description="SI unit of the value.")
    display: Display | None = None
    time: Instant | None = Field(default=None, description="Null where the tag never reported.")
    value: Number = None
    quality: QualityWord | None = None
    age_s: float | None = Field(default=None, description="Seconds behind the plant's newest reading.")
    stale: bool = Field(default=False, description="It lags far behind the others, or never reported.")


class StatusView(View):
    """State of a plant's data."""

    newest: Instant | None = Field(default=None, description="Newest reading of any tag; null before the first log.")
    readings: int = Field(default=0, description="Number of readings kept.")
    quarantined: int = Field(default=0, description="Rows in quarantine that nobody has corrected.")
    tags: list[TagStatusView] = Field(default_factory=list)
