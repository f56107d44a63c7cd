"""What neither the model nor its usual errors explain."""

from __future__ import annotations

from pydantic import AwareDatetime, ConfigDict, Field

from api.schemas.base import Instant, Instants, Numbers, Request, View


class AnomalyIn(Request):
    """Which stretch to watch (all of the log by default), and up to when the plant was healthy."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"learn_to": "2026-03-02T00:00:00Z"}]})
    learn_to: AwareDatetime = Field(description="Rows before it are healthy: what is usual is learned from them.")
    start: AwareDatetime | None = None
    end: AwareDatetime | None = None
    margin: float | None = Field(default=None, gt=0, description="Alarm at so many times the learned limit.")
    false_alarm_ratio: float = Field(
        default=0.01, ge=0, le=0.5, description="Without a margin: share of healthy rows that may alarm."
    )


class EpisodeView(View):
    """One alarm from its first to its last row."""

    start: Instant
    end: Instant
    peak_ratio: float = Field(description="Highest score over the alarm limit.")
    tag: str = Field(description="The tag that read oddest.")


class AnomalyView(View):
    """The newest watched stretch."""

    job: str
    model_version: int = Field(description="0: physics at its priors, nothing calibrated yet.")
    watched: Instant = Field(description="When it was looked at.")
    start: Instant
    learn_to: Instant
    end: Instant
    margin: float = Field(description="The alarm limit over the limit that the healthy rows set.")
    learned_rows: int
    watched_rows: int
    alarm_rows: int
    episodes: list[EpisodeView] = Field(description="In order of time.")
    times: Instants
    ratio: Numbers = Field(
        description="Score over the alarm limit, as `times`: the highest of each span; above 1 alarms."
    )
