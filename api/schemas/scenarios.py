"""What if: the question, its answer, and what can be changed."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field, model_validator

from api.schemas.base import Display, Document, Instant, Interval, Number, Request, View
from api.schemas.lines import LineAnswer

ChangeWord = Literal["parameter", "input", "fault", "maintenance", "setting"]


class ChangeIn(Request):
    """From `at_s` on, `target` is set to `value` (SI) or scaled by `factor`; maintenance takes neither."""

    kind: ChangeWord
    target: str = Field(
        min_length=1,
        description='"<asset>.<parameter>", "<asset>.<input>", "<asset>.<setting>" (line), "<asset>" (maintenance).',
    )
    value: float | None = None
    factor: float | None = None
    at_s: float = Field(default=0.0, ge=0.0)

    @model_validator(mode="after")
    def _one_of(self) -> ChangeIn:
        given = (self.value is not None) + (self.factor is not None)
        if given != (0 if self.kind == "maintenance" else 1):
            raise ValueError("give exactly one of value and factor, and neither for maintenance")
        return self


class WhatIfIn(Request):
    """A question to the model: these changes against none, in paired worlds."""

    model_config = ConfigDict(
        allow_inf_nan=False,
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "name": "pump at 80 %",
                    "changes": [{"kind": "input", "target": "utilities/loop/supply.voltage_v", "factor": 0.8}],
                    "horizon_s": 28800,
                    "worlds": 256,
                }
            ]
        },
    )
    name: str = Field(min_length=1, max_length=200)
    changes: list[ChangeIn] = Field(max_length=100)
    horizon_s: float = Field(gt=0.0, le=366 * 86400.0)
    worlds: int = Field(default=256, ge=2, le=65536)
    seed: int = Field(default=0, ge=0, le=2**31 - 1)
    start: str = Field(default="now", description='"now", "nominal" or an ISO 8601 time with zone.')
    sample_s: float = Field(default=60.0, gt=0.0)


class ChangeOut(View):
    """One intervention as it was run."""

    kind: ChangeWord
    target: str
    value: float | None = None
    factor: float | None = None
    at_s: float = 0.0


class ScenarioView(View):
    """The question as it was run."""

    plant: str
    name: str
    changes: list[ChangeOut]
    horizon_s: float
    worlds: int
    seed: int
    start: str
    sample_s: float


class DifferenceView(Interval):
    """Scenario minus baseline on common random numbers; `mean_low` to `mean_high` is the paired 95 % interval."""

    mean: Number = None
    mean_low: Number = None
    mean_high: Number = None
    separated: bool | None = Field(default=None, description="The interval of the mean leaves out zero.")
    worlds_needed: int | None = Field(default=None, description="Worlds that would separate the two.")


class LevelView(Interval):
    """One run's figure over worlds; a line's has the mean too, with its 95 % interval."""

    mean: Number = None
    mean_low: Number = None
    mean_high: Number = None


class KpiView(View):
    """One figure of merit in both runs, in SI."""

    name: str
    unit: str
    display: Display | None = None
    better: str = Field(default="", description="lower or higher, where the plant file says so.")
    baseline: LevelView
    scenario: LevelView
    difference: DifferenceView


class OutcomeSummary(View):
    """One line of the list of answers."""

    id: str
    plant: str
    name: str
    verdict: str
    created: Instant


class OutcomeView(View):
    """The answer; `series` holds per tag the times and quantiles of both runs in SI."""

    id: str
    plant: str
    created: Instant
    scenario: ScenarioView
    kpis: list[KpiView]
    series: dict[str, Document]
    failures: list[Document]
    verdict: str
    validity: Document
    provenance: Document
    line: LineAnswer | None = Field(default=None, description="Of a plant with a line.")


class TargetView(View):
    """Something a what-if may change."""

    kind: ChangeWord
    target: str
    asset: str
    doc: str = ""
    unit: str = ""
    value: Number = Field(default=None, description="As it stands in this revision, SI; null for a driven input.")
    low: Number = None
    high: Number = None
    display: Display | None = None


class TargetList(View):
    """Everything a what-if of this plant may change."""

    items: list[TargetView]
