"""Joins alarmed rows into episodes, each with the tag that reads oddest."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from twin.records.anomaly import AnomalyEpisode

Floats = NDArray[np.float64]


def episodes(
    alarm: NDArray[np.bool_],
    excess: Floats,
    share: Floats,
    times_us: NDArray[np.int64],
    tags: tuple[str, ...],
    *,
    bridge: int,
) -> tuple[AnomalyEpisode, ...]:
    """Alarms from their first to their last row.

    Args:
        alarm: Alarmed rows, shape [T].
        excess: Score over the margin, shape [T].
        share: Of each tag in the score, shape [T, S].
        times_us: Of the rows, shape [T].
        tags: Names, S.
        bridge: Quiet rows up to so many do not end an episode.
    """
    rows = np.flatnonzero(alarm)
    pieces = np.split(rows, np.flatnonzero(np.diff(rows) > bridge + 1) + 1) if len(rows) else []
    return tuple(_episode(piece, excess, share, times_us, tags) for piece in pieces)


def _episode(
    rows: NDArray[np.intp], excess: Floats, share: Floats, times_us: NDArray[np.int64], tags: tuple[str, ...]
) -> AnomalyEpisode:
    oddest = int((share[rows] * excess[rows, None]).sum(axis=0).argmax())
    return AnomalyEpisode(int(times_us[rows[0]]), int(times_us[rows[-1]]), float(excess[rows].max()), tags[oddest])
