"""How the model in service did on a day that it had not seen, and what on that day it did not expect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from residual_models.levenberg import Array
from twin.calibration.replay import replay
from twin.calibration.study import MIN_SAMPLES, Study, study
from twin.errors import NotReady
from twin.ledger.scores import day_scores
from twin.records.event import EventKind, PlantEvent
from twin.records.model import ModelVersion
from twin.records.night import Exclusion
from twin.records.window import SignalWindow
from twin.services import events, nights, windows
from twin.services.aged import aged
from twin.services.basis import Basis
from twin.services.context import Context
from twin.services.judge import scale_of

DAY_S = 86_400.0
LOOK_BACK_DAYS = 4
"""What is usual is told by so many days before; wear hardly moves in them."""


@dataclass(frozen=True)
class DayRun:
    """A free run of the model in service through the days before and the day that is judged.

    Attributes: ready; version, as it stood at the beginning; measured and central [T, S] on the window's grid, what
    must not teach left out of `measured`; first, the day's first row.
    """

    ready: Study
    version: ModelVersion
    measured: Array
    central: Array
    first: int

    @property
    def error(self) -> Array:
        """Measured minus expected [T, S]."""
        return self.measured - self.central


def run_of_day(
    context: Context, basis: Basis, start_us: int, end_us: int, excluded: tuple[Exclusion, ...]
) -> DayRun | None:
    """Run the version in service freely from some days before to the end of a day; None where that cannot be done."""
    version, plant = basis.version, basis.scene.plant
    if version is None:
        return None
    back_us = start_us - round(LOOK_BACK_DAYS * DAY_S * 1e6)
    try:
        known_us = max(back_us, windows.begin_of_log(context, plant))
        begin_us = after_maintenance(context, plant, known_us, end_us)
        window = windows.window(context, plant, begin_us, end_us, revision=basis.revision)
        ready = study(basis.assembly, basis.assembly.compile(), nights.without(window, excluded))
    except NotReady:
        return None
    first = int(np.searchsorted(window.times_us(), start_us))
    if not any(last - max(begin, first) >= MIN_SAMPLES for begin, last in ready.rows):
        return None
    then = aged(context, version, ready)
    central = replay(ready, then.calibration, then.residual).central
    return DayRun(ready, then, ready.measured(), central, first)


def after_maintenance(context: Context, plant: str, start_us: int, end_us: int) -> int:
    """End of the last maintenance in a stretch, its start where there was none: before it wear was another."""
    return max(
        (event.end_us or event.start_us for event in maintenance(context, plant, start_us, end_us)), default=start_us
    )


def maintenance(context: Context, plant: str, start_us: int, end_us: int) -> tuple[PlantEvent, ...]:
    """Maintenance of a part that ended in a stretch."""
    return tuple(
        event
        for event in events.listed(context, plant, start_us, end_us)
        if event.kind is EventKind.MAINTENANCE and event.asset and start_us <= (event.end_us or event.start_us) < end_us
    )


def scores_of(run: DayRun) -> dict[str, Any]:
    """The day's forecast scored beside what was read a day before at the same time."""
    window, version = run.ready.window, run.version
    tags = run.ready.assembly.sensor_tags
    rows = slice(run.first, None)
    lead_s: Array = (np.arange(window.samples, dtype=np.float64) * window.step_s)[rows]
    band = version.band
    width = np.stack([band.at(tag, lead_s, followed=False) for tag in tags], axis=1)
    found = day_scores(
        run.measured[rows],
        run.central[rows],
        np.where(np.isnan(width), np.inf, width),
        _day_before(run.measured, window)[rows],
        scale_of(run.measured),
        tags,
        band.level,
    )
    units = run.ready.assembly.units
    shown = [
        {**row, "error": float(units[row["tag"]].spread_from_si(row["rmse"])), "unit": units[row["tag"]].unit}
        for row in found["tags"]
    ]
    return {**found, "tags": shown, "model_version": version.version}


def _day_before(measured: Array, window: SignalWindow) -> Array:
    """What each tag read a day before, else what it read last, shape [T, S]."""
    shift = round(DAY_S / window.step_s)
    before = np.full_like(measured, np.nan)
    before[shift:] = measured[:-shift] if shift < len(measured) else measured[:0]
    for at, column in enumerate(measured.T):
        known = np.where(np.isfinite(column), np.arange(len(column)), 0)
        last = column[np.maximum.accumulate(np.concatenate([[0], known[:-1]]))]
        before[:, at] = np.where(np.isfinite(before[:, at]), before[:, at], last)
    return before
