"""The usual rate of wear of a plant's worlds, worked out once a day: over the whole days of a week that lie behind.

Equations  R_w = r_w Σ_k f_k / Σ_k r_k
Symbols    r rates over few long stretches of the load, of each world w; f those over short ones, of the first worlds k
Source     ratio estimator: Cochran, Sampling Techniques, 3rd ed. (1977), chapter 6
Assumes    what long stretches blur, they blur alike in all worlds: looked at in the first ones, and where it does not
           hold all run over short ones
"""

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
LONG, SHORT = (0.8,), (0.1, 0.2, 0.4, 0.8)
"""Of its range in the log, that an input may move within a stretch, as `twin.prediction.ageing.WITHIN`."""
FIRST = 32
"""Worlds that run over short stretches. On the bottling plant's week, 512 worlds, all over stretches of 0.2 are off
by up to 0.3 % against 0.1, alike in all worlds; the ratio is off by less than 0.1 % in the worlds' mean and 0.2 % in
the worst of them, in 1.2 instead of 2.7 s of processor time."""
UNLIKE = 0.02
"""Of the first worlds' mean rate, that one of them may lie beside the ratio."""
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
    return _kept.get(key, lambda: (worlds, _rate(worlds, load, sample_s, tell)))[1]


def _rate(worlds: Worlds, load: Floats, sample_s: float, tell: Callable[[float], None] | None) -> Floats:
    """Of all worlds over long stretches, corrected by what the first ones show over short ones."""
    short = usual_rate(worlds.only(slice(FIRST)), load, sample_s, within=SHORT, tell=tell)
    if worlds.count <= FIRST:
        return short
    found = usual_rate(worlds, load, sample_s, within=LONG, tell=tell)
    wears = worlds.model.slow
    alive = short.any(axis=0) & found[:, :FIRST].any(axis=0)
    fine, blurred = short[np.ix_(wears, alive)], found[:, :FIRST][np.ix_(wears, alive)]
    above, below = fine.sum(axis=1), blurred.sum(axis=1)
    ratio = np.divide(above, below, out=np.ones(len(above)), where=below > 0)[:, None]
    if (np.abs(fine - ratio * blurred) > UNLIKE * fine.mean(axis=1, keepdims=True)).any():
        return usual_rate(worlds, load, sample_s, tell=tell)
    found[wears] *= ratio
    return found
