"""The usual rate of wear of a plant's worlds, worked out once a day: over the whole days of a week that lie behind."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from twin.prediction.ageing import usual_rate
from twin.prediction.remembered import Remembered, array_bytes, digest
from twin.prediction.worlds import Worlds

Floats = NDArray[np.float64]

DAY_S, DAYS = 86_400.0, 7
"""Whole days and whole weeks: a load that comes back each Sunday counts once."""
LEAST_S = 8 * 3600.0
"""With less than so much before midnight, all that is known counts."""
KEPT, KEPT_BYTES = 4, 128 << 20


def days(start_s: float, end_s: float) -> tuple[float, float]:
    """The stretch of a log, seconds since the epoch, that tells of usual load; the same from midnight to midnight."""
    midnight_s = end_s // DAY_S * DAY_S
    begin_s = max(start_s, midnight_s - DAYS * DAY_S)
    return (begin_s, midnight_s) if midnight_s - begin_s >= LEAST_S else (start_s, end_s)


_kept: Remembered[tuple[Worlds, Floats]] = Remembered(
    KEPT, most_bytes=KEPT_BYTES, size=lambda found: array_bytes(found[0]) + found[1].nbytes
)
"""Each with its worlds, which hold on to their model, so that its id is not given to another."""


def rate(
    worlds: Worlds,
    inputs: Floats,
    *,
    start_s: float,
    sample_s: float,
    tell: Callable[[float], None] | None = None,
) -> Floats:
    """Growth of every state per second, shape [Z, W], as `usual_rate` has it.

    Args:
        worlds: As the model has them, wear as it was calibrated.
        inputs: Of the log up to where wear is wanted, shape [T, I].
        start_s: Of the first row, seconds since the epoch.
        sample_s: Seconds between rows.
        tell: Called now and then; what it raises ends the work.
    """
    first, last = days(start_s, start_s + len(inputs) * sample_s)
    load = inputs[round((first - start_s) / sample_s) : round((last - start_s) / sample_s)]
    key = digest(repr((id(worlds.model), sample_s)), worlds.parameters, worlds.start, load)
    return _kept.get(key, lambda: (worlds, usual_rate(worlds, load, sample_s, tell=tell)))[1]
