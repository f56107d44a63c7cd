"""When an input is known and when it has fallen silent."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from twin.records.batch import TagSeries
from twin.scene.scene import Interpolation

GAP_STEPS = 10
"""Silences up to so many steps (or usual spacings) are bridged."""

PERIODIC_RATIO = 0.9
"""A tag reports at fixed times if so many of its spacings lie near their median; else it reports on change."""

NEAR = 0.5
"""How far from the median a spacing of a periodic tag may be, relative."""

UNIFORM = 0.01
"""Spacings this near to their median, relative, are one clock's jitter: their mean is the step."""


def usual_spacing_us(times_us: NDArray[np.int64]) -> float:
    """Microseconds between readings, the mean over those that lie near the median."""
    spacings = np.diff(times_us)
    middle = float(np.median(spacings))
    near = spacings[np.abs(spacings - middle) <= UNIFORM * middle]
    return float(near.mean()) if len(near) else middle


def is_periodic(times_us: NDArray[np.int64]) -> bool:
    """Whether a tag is logged at fixed times rather than when it changes."""
    if len(times_us) < 3:
        return False
    spacings = np.diff(times_us)
    middle = float(np.median(spacings))
    return bool(np.mean(np.abs(spacings - middle) <= NEAR * middle) >= PERIODIC_RATIO)


def available(
    series: TagSeries,
    kind: Interpolation,
    times_us: NDArray[np.int64],
    step_s: float,
    max_gap_s: float | None,
    everything: Sequence[TagSeries],
) -> NDArray[np.bool_]:
    """Whether an input is known at each sample, shape [T].

    A held tag that is logged on change is known for as long as any tag reports; every other input only until its own
    silence grows too long.
    """
    by_change = kind is Interpolation.STEP and not is_periodic(series.times_us)
    times = _union(everything) if by_change else series.times_us
    spacing_us = usual_spacing_us(times) if len(times) > 1 else 0.0
    limit_us = max_gap_s * 1e6 if max_gap_s is not None else GAP_STEPS * max(step_s * 1e6, spacing_us)
    bridged = _bridged(times, times_us, limit_us, step_s * 5e5)
    return np.asarray(bridged & (times_us >= series.times_us[0] - round(step_s * 5e5)))


def _union(everything: Sequence[TagSeries]) -> NDArray[np.int64]:
    return np.unique(np.concatenate([series.times_us for series in everything]))


def _bridged(
    times: NDArray[np.int64], samples: NDArray[np.int64], limit_us: float, near_us: float
) -> NDArray[np.bool_]:
    """Samples at a reading, between two that are at most `limit_us` apart, or so soon after the last one."""
    after = np.searchsorted(times, samples, side="right")
    previous = np.minimum(times[np.maximum(after - 1, 0)], samples)
    following = np.maximum(np.where(after < len(times), times[np.minimum(after, len(times) - 1)], samples), samples)
    at_previous = samples - previous <= near_us
    at_following = (after < len(times)) & (following - samples <= near_us)
    return np.asarray((following - previous <= limit_us) | at_previous | at_following)
