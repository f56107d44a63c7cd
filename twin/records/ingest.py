"""What came of reading one log file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class StretchExtent:
    """Where a named part of a log lies in time; `end_us` is just after its last reading."""

    name: str
    start_us: int
    end_us: int
    readings: int


@dataclass(frozen=True)
class IngestReport:
    """How a log file was taken in.

    Attributes: ingest_id; source, the file's name; rows read; accepted, new readings; duplicates, readings that were
    known already; quarantined, rows put aside (new ones); stretches; unbound, tags that the plant does not know yet;
    resumed, whether it went on where an interrupted one stopped; complete.
    """

    plant: str
    ingest_id: int
    source: str
    rows: int
    accepted: int
    duplicates: int
    quarantined: int
    stretches: tuple[StretchExtent, ...] = ()
    unbound: tuple[str, ...] = ()
    resumed: bool = False
    complete: bool = True
    reasons: Mapping[str, int] = field(default_factory=dict)
