"""Measured values as people look at them: a course over time, the newest value, a row in quarantine."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class MeasuredSeries:
    """One tag's course, thinned to lowest and highest values where it was too long.

    Attributes: unit, SI; times_us [N], UTC microseconds, not falling; values [N], SI, NaN where nothing arrived;
    thinned, whether each pair of points stands for many readings.
    """

    tag: str
    unit: str
    times_us: NDArray[np.int64]
    values: NDArray[np.float64]
    thinned: bool


@dataclass(frozen=True)
class TagStatus:
    """The newest reading of a tag in SI, how far it lags behind the plant's newest, and whether that is too far."""

    tag: str
    unit: str
    time_us: int | None = None
    value: float | None = None
    quality: str | None = None
    age_s: float | None = None
    stale: bool = False


@dataclass(frozen=True)
class DataStatus:
    """State of a plant's data: newest time, readings kept, rows that wait in quarantine, every tag."""

    plant: str
    newest_us: int | None
    readings: int
    quarantined: int
    watermark_us: int
    tags: tuple[TagStatus, ...]


@dataclass(frozen=True)
class QuarantinedRow:
    """A row that waits for a correction, as it stood in its source; `resolution` says what became of it."""

    id: int
    source: str
    row: int | None
    tag: str
    time: str
    value: str
    unit: str
    reason: str
    detail: str
    received_us: int
    corrected: bool
    resolution: str | None = None


@dataclass(frozen=True)
class WriteReport:
    """What became of readings that were written: new ones, ones known already, rows put aside."""

    accepted: int
    duplicates: int
    quarantined: int
