"""What people did or saw in the plant."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class EventKind(StrEnum):
    """What an event means for learning and prognosis."""

    MAINTENANCE = "maintenance"
    FAILURE = "failure"
    STOP = "stop"
    PRODUCT_CHANGE = "product_change"


@dataclass(frozen=True)
class PlantEvent:
    """Something that happened to an asset (or to the whole plant, asset "") from start to end."""

    kind: EventKind
    asset: str
    start_us: int
    end_us: int | None
    text: str = ""
