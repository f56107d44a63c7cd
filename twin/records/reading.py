"""One measured value as it is known now."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Quality(IntEnum):
    """What the source says of a value; only GOOD values are used for learning."""

    GOOD = 0
    UNCERTAIN = 1
    BAD = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """A value of one tag, in SI; `value` is NaN where quality is BAD and nothing arrived."""

    tag: str
    time_us: int
    value: float
    quality: Quality = Quality.GOOD
    received_us: int = 0
