"""A fast stand-in for the engine, and plans that are found with it."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from api.schemas.base import Instant, Number, Numbers, Request, Table, View


class SurrogateIn(Request):
    """How to train it: simulated worlds to learn from, steps of training, seconds between samples, hours of a world."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"worlds": 1024}]})
    worlds: int = Field(default=1024, ge=32, le=65_536)
    steps: int = Field(default=3000, ge=10, le=100_000)
    step_s: float = Field(default=300.0, ge=1.0, le=3600.0)
    hours: float = Field(default=8.0, ge=0.5, le=168.0)
    seed: int = Field(default=0, ge=0, le=2**31 - 1)


class NearView(View):
    """How near one model's forecasts come to the engine's."""

    near: Number = Field(description="Share of (tag, lead) within 2 % of a tag's span or three of its noise's sd.")
    near_by_hour: Numbers
    rms_by_hour: Numbers


class SurrogateView(View):
    """What is kept beside a surrogate: errors inside and outside of the log's range, beside persistence and ARX."""

    plant: str
    scene_revision: int
    model_version: int
    tags: list[str]
    inputs: list[str] = Field(description="What a plan may move.")
    step_s: float
    inside: dict[str, NearView]
    outside: dict[str, NearView]
    times_faster: Number = Field(description="Processor time of the engine over its own, same worlds and horizon.")


class GoalIn(Request):
    """What is wanted of a tag, in SI."""

    tag: str = Field(max_length=200)
    aim: Literal["reach", "below", "above", "least"]
    value: float = 0.0


class PlanIn(Request):
    """Which inputs may be set anew each hour, and what for."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"moves": ["SC-101"], "goals": [{"tag": "TT-102", "aim": "below", "value": 304.15}], "hours": 4.0}
            ]
        },
    )
    moves: list[str] = Field(max_length=100)
    goals: list[GoalIn] = Field(max_length=100)
    hours: float = Field(default=4.0, gt=0, le=168.0)
    seed: int = Field(default=0, ge=0, le=2**31 - 1)


class SpreadView(View):
    """Over the worlds of the engine."""

    median: Number
    low: Number
    high: Number


class DifferenceView(View):
    """Paired difference of the costs, plan minus as it is, with its 95 % interval."""

    mean: Number
    low: Number
    high: Number


class CoursesView(View):
    """5 %, median and 95 % of the worlds, each a row."""

    plan: Table
    as_it_is: Table


class PlanView(View):
    """The best plan that was found, as the engine verified it; SI."""

    job: str
    plant: str
    question: PlanIn
    time: Instant = Field(description="When it begins.")
    step_s: float = Field(description="A setting holds so long.")
    sample_s: float = Field(description="Between two values of a course.")
    settings: dict[str, Numbers] = Field(description="By tag of an input.")
    stays: dict[str, Number] = Field(description="Where each stands now.")
    cost: SpreadView = Field(description="Mean distance from the goals, in spans of their tags.")
    as_it_is: SpreadView = Field(description="The same where settings stay.")
    difference: DifferenceView
    quick: Number = Field(description="What the surrogate took the cost to be.")
    tags: dict[str, CoursesView]
    reasons: list[str] = Field(description="Why something better may have been missed.")
