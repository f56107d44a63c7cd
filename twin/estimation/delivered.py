"""Holds what a band promised against what later data delivered, tag by tag and lead by lead.

Source     adaptive level: Gibbs, Candès (2021), arXiv:2106.00170; the rest as in `residual_models.intervals`
Assumes    forecasts in order of time; neighbours depend on each other, so blocks of them are resampled
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from residual_models import intervals, noise
from twin.estimation.forecasts import Forecasts
from twin.records.band import Band, widening
from twin.records.coverage import Delivered

Floats = NDArray[np.float64]

BLOCK_TIMES = 2.0
"""Length of a resampled block in correlation times."""
FEWEST = 9
"""Fewer forecasts say nothing of nine in ten."""
RATE = 0.02
"""How much a miss moves the level that is asked for: 45 misses more than promised move it by nine tenths."""


def delivered(
    made: Forecasts,
    measured: Floats,
    band: Band,
    units: Mapping[str, str],
    *,
    step_s: float,
    asked: Mapping[str, Mapping[float, float]],
) -> tuple[Delivered, ...]:
    """Score forecasts.

    Args:
        made: Forecasts of the tags that `units` names, in their order.
        measured: Usable measurements on the window's grid, shape [T, S].
        band: As the version was judged, not widened.
        units: SI unit of each tag.
        step_s: Seconds between samples.
        asked: Level that earlier misses ask for, tag to lead; the promised one where there is none.
    """
    truth, held = made.of(measured), made.held(measured)
    found = []
    for at, (tag, unit) in enumerate(units.items()):
        for place, lead in enumerate(made.leads):
            lead_s = float(lead) * step_s
            known = np.isfinite(truth[:, place, at] - made.central[:, place, at] - held[:, at])
            if known.sum() < FEWEST:
                continue
            width = float(band.at(tag, np.array([lead_s]))[0])
            row = (truth[known, place, at], made.central[known, place, at], held[known, at])
            begun = made.rows[known]
            arrived = np.searchsorted(begun + lead, begun, side="right")
            first = asked.get(tag, {}).get(lead_s, band.level)
            found.append(_row(tag, unit, lead_s, row, width, band.level, first, arrived))
    return tuple(found)


def _row(
    tag: str,
    unit: str,
    lead_s: float,
    row: tuple[Floats, Floats, Floats],
    half_width: float,
    level: float,
    first: float,
    arrived: NDArray[np.intp],
) -> Delivered:
    """One tag at one lead; the band is widened as misses ask for that are known when a forecast begins."""
    truth, central, held = row
    normal = float(stats.norm.ppf((1.0 + level) / 2.0))
    off = np.abs(truth - central)
    held_at = 2.0 * stats.norm.cdf(off * normal / half_width) - 1.0
    asked = intervals.adapted(np.asarray(held_at, np.float64), level, rate=RATE, first=first, arrived=arrived)
    width = half_width * np.array([widening(one, level) for one in asked[:-1]])
    hits = intervals.covered(truth, central - width, central + width)
    block = max(1, int(np.ceil(BLOCK_TIMES * noise.correlation_time(hits - hits.mean()))))
    low, high = intervals.mean_interval(hits, block)
    rival = float(np.quantile(np.abs(held - truth), level))
    score = float(intervals.interval_score(truth, central - width, central + width, level).mean())
    other = float(intervals.interval_score(truth, held - rival, held + rival, level).mean())
    return Delivered(
        tag=tag,
        unit=unit,
        lead_s=lead_s,
        forecasts=len(truth),
        rmse=float(np.sqrt(np.mean(off**2))),
        persistence=float(np.sqrt(np.mean((held - truth) ** 2))),
        coverage=float(hits.mean()),
        low=low,
        high=high,
        width=float(2.0 * width.mean()),
        crps=float(intervals.crps(truth, central, width / normal).mean()),
        interval_score=score,
        persistence_interval_score=other,
        right=bool(low <= level <= high and score < other),
        asked=float(asked[-1]),
    )
