"""A question to the model and its answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class ChangeKind(StrEnum):
    """What a do-change sets."""

    PARAMETER = "parameter"
    INPUT = "input"
    FAULT = "fault"
    MAINTENANCE = "maintenance"
    SETTING = "setting"


@dataclass(frozen=True)
class Change:
    """One intervention: from `at_s` on, `target` is set to `value` (or scaled by `factor`).

    `target` is "<asset>.<parameter>" (PARAMETER, FAULT), "<asset>.<input>" (INPUT), "<asset>" (MAINTENANCE: its wear
    states return to new) or "<asset>.<setting>" (SETTING, of a part of the line, from the beginning). Exactly one of
    value (SI) and factor is set, except for MAINTENANCE.
    """

    kind: ChangeKind
    target: str
    value: float | None = None
    factor: float | None = None
    at_s: float = 0.0


@dataclass(frozen=True)
class Scenario:
    """What if: changes against a baseline, over a horizon, in W paired worlds."""

    plant: str
    name: str
    changes: tuple[Change, ...]
    horizon_s: float
    worlds: int = 256
    seed: int = 0
    start: str = "now"
    sample_s: float = 60.0


@dataclass(frozen=True)
class Outcome:
    """The answer, with everything needed to replay it.

    Attributes: kpis, one row a KPI: name, unit, baseline, scenario and difference, each {median, low, high} (90 %), the
    difference's `mean`, `mean_low`, `mean_high` (paired 95 %), `separated` and `worlds_needed`; series, per tag the
    times and quantiles of both runs in SI; failures per asset and mode in both; verdict in words; validity
    {inside, reasons}; provenance {scene_revision, model_version, seed, worlds, data watermark, code, versions}; id and
    created_us once it is saved; line, of a plant with a line: how it was counted, and of both runs stations with shares
    of time, contents, lead times and what a speed-up is worth (`twin/scenarios/line_compare.py`).
    """

    scenario: Scenario
    kpis: tuple[dict[str, Any], ...]
    series: dict[str, dict[str, Any]]
    failures: tuple[dict[str, Any], ...]
    verdict: str
    validity: dict[str, Any]
    provenance: dict[str, Any] = field(default_factory=dict)
    id: str = ""
    created_us: int = 0
    line: dict[str, Any] = field(default_factory=dict)

    @property
    def plant(self) -> str:
        """The plant that was asked about."""
        return self.scenario.plant

    @property
    def name(self) -> str:
        """What the question is called."""
        return self.scenario.name
