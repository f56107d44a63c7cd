"""What one night found out about one day of a plant, and what it did about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class NightVerdict(StrEnum):
    """How a night ended for the model in service."""

    PROMOTED = "promoted"
    KEPT = "kept"
    ROLLED_BACK = "rolled_back"
    NOT_LEARNED = "not_learned"


class FindingKind(StrEnum):
    """What a change of the readings was: of the plant, or of a sensor alone."""

    WEAR = "slow change"
    SUDDEN = "sudden change"
    BIAS = "sensor bias"
    STUCK = "sensor stuck"
    NOISE = "sensor noise"
    GAP = "sensor gap"


SENSOR_FAULTS = frozenset({FindingKind.BIAS, FindingKind.STUCK, FindingKind.NOISE, FindingKind.GAP})


@dataclass(frozen=True)
class Finding:
    """One change of the readings that the model in service did not expect.

    Attributes: kind; subject, the tag of a sensor fault, else the engine's name of what changed; start_us and end_us;
    size, of the change in the subject's SI unit (of a gap or a stuck sensor: seconds); text, for a plant engineer;
    exclude, whether the tag's readings of that stretch must not teach.
    """

    kind: FindingKind
    subject: str
    start_us: int
    end_us: int
    size: float
    text: str
    exclude: bool = False


@dataclass(frozen=True)
class Exclusion:
    """Readings that must not teach: of one tag, or ("") of all, from start to before end."""

    tag: str
    start_us: int
    end_us: int
    reason: str


@dataclass(frozen=True)
class DayQuality:
    """How good the log of a day is.

    Attributes: tags, one document per tag {tag, share, good, longest_gap_s, stuck_s}; share, of the expected sensor
    readings that are good; notes, what a person should know; exclusions, what must not teach; learn, whether the day
    carries a lesson at all.
    """

    tags: tuple[dict[str, Any], ...]
    share: float
    notes: tuple[str, ...]
    exclusions: tuple[Exclusion, ...]
    learn: bool


@dataclass(frozen=True)
class NightReport:
    """One night's report on one local day of a plant; immutable, one per plant and day.

    Attributes: day, ISO date of the day that was looked at; start_us and end_us, its edges; sentence, the verdict in
    words; model_before and model_after, versions in service (0: none); quality; scores, of the forecast of that day
    {crps_ratio, coverage, skill, tags: [...]}; ledger, of failure forecasts whose time has come; findings; gate, tests
    of tonight's candidate; failures, the most pressing forecasts; proposals, physics that would explain what was
    learned; actions, what a person should do.
    """

    plant: str
    day: str
    zone: str
    start_us: int
    end_us: int
    verdict: NightVerdict
    sentence: str
    model_before: int
    model_after: int
    quality: DayQuality
    scores: dict[str, Any]
    ledger: dict[str, Any]
    findings: tuple[Finding, ...]
    gate: dict[str, Any]
    failures: tuple[dict[str, Any], ...]
    proposals: tuple[dict[str, Any], ...]
    actions: tuple[str, ...]
    created_us: int
    provenance: dict[str, Any] = field(default_factory=dict)
