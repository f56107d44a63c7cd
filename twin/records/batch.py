"""Many readings at once, as arrays, and the rows that could not become readings."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Reason(StrEnum):
    """Why a row waits in quarantine."""

    MALFORMED_ROW = "malformed row"
    UNPARSABLE_TIME = "unparsable time"
    AMBIGUOUS_TIME = "ambiguous local time"
    NONEXISTENT_TIME = "non-existent local time"
    FUTURE_TIME = "time in the future"
    UNPARSABLE_VALUE = "unparsable value"
    NOT_A_NUMBER = "not a number"
    WRONG_UNIT = "wrong unit"
    UNKNOWN_TAG = "unknown tag"
    OTHER_VALUE = "another value at the same time"


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that did not become a reading: where it stood, its raw text, the reason and what was needed.

    Attributes: row, 1-based data row of its file, 0 where there is none; tag, "" where unknown; time and value, raw
    text as it arrived; unit, the unit that `value` is in; time_us, UTC microseconds where the time was readable.
    """

    row: int
    tag: str
    time: str
    value: str
    unit: str
    reason: Reason
    detail: str
    time_us: int | None = None


@dataclass(frozen=True)
class ReadingBatch:
    """Readings of one plant in the order they arrived, in SI.

    Attributes: tags, the names that `tag_index` [N] points into; times_us [N], UTC microseconds; values [N], SI, NaN
    where quality is BAD and nothing arrived; quality [N], codes of `Quality`; rows [N], data row of the file; rejected,
    what could not be read.
    """

    tags: tuple[str, ...]
    tag_index: NDArray[np.int32]
    times_us: NDArray[np.int64]
    values: NDArray[np.float64]
    quality: NDArray[np.uint8]
    rows: NDArray[np.int64]
    rejected: tuple[Rejected, ...] = ()

    def __len__(self) -> int:
        return len(self.times_us)


@dataclass(frozen=True)
class LogPiece:
    """One piece of a log file, read and converted.

    Attributes: batch; rows_done, data rows of the file consumed up to the end of this piece; share of the file, 0 to 1;
    state, what the next piece needs to know of this one (JSON), so that an interrupted reading can go on.
    """

    batch: ReadingBatch
    rows_done: int
    share: float
    state: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class TagSeries:
    """The readings of one tag in order of time.

    Attributes: times_us [N], UTC microseconds, strictly rising; values [N], SI, NaN where nothing arrived; quality [N].
    """

    tag: str
    times_us: NDArray[np.int64]
    values: NDArray[np.float64]
    quality: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.times_us)
