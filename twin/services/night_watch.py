"""How the model in service did on a day that it had not seen, and what on that day it did not expect."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from residual_models.levenberg import Array
from twin.calibration.replay import Replay, replay
from twin.calibration.study import MIN_SAMPLES, Study, study
from twin.errors import NotReady
from twin.estimation.disturbance import known
from twin.estimation.forecasts import forecasts
from twin.ledger.scores import day_scores
from twin.records.event import EventKind, PlantEvent
from twin.records.model import ModelVersion, Residual
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

    Attributes: ready; version, as it stood at the beginning; measured [T, S] on the window's grid, what must not teach
    left out; free, the run; first, the day's first row.
    """

    ready: Study
    version: ModelVersion
    measured: Array
    free: Replay
    first: int

    @property
    def central(self) -> Array:
        """What the run expected [T, S]."""
        return self.free.central

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
    then = replace(aged(context, version, ready), band=basis.band or version.band)
    return DayRun(ready, then, ready.measured(), replay(ready, then.calibration, then.residual), first)


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
    """The forecast that was issued as the day began, scored beside what was read a day before at the same time.

    The log is followed up to the day's first row, as for any forecast; then only the inputs are known. `rivals` has the
    skill of physics alone from the same log, and of the free run of the days before and the day.
    """
    tags, version = run.ready.assembly.sensor_tags, run.version
    central, lead_s = issued(run, version.residual)
    width = np.stack([version.band.at(tag, lead_s) for tag in tags], axis=1)
    found = _scored(run, central, width)
    units = run.ready.assembly.units
    shown = [
        {**row, "error": float(units[row["tag"]].spread_from_si(row["rmse"])), "unit": units[row["tag"]].unit}
        for row in found["tags"]
    ]
    rivals = {"free_run": _scored(run, run.central, width)["skill"]}
    if version.residual is not None:
        rivals["physics"] = _scored(run, issued(run, None)[0], width)["skill"]
    return {**found, "tags": shown, "model_version": version.version, "rivals": rivals}


def issued(run: DayRun, residual: Residual | None) -> tuple[Array, Array]:
    """Forecast [T, S] from the followed log at the day's begin, and anew after a gap; seconds ahead [T].

    Where a version does not know what its tags read beside it, the free run stands for it.
    """
    ready, version = run.ready, run.version
    step_s = ready.window.step_s
    lead_s: Array = (np.arange(ready.window.samples, dtype=np.float64) - run.first + 1.0) * step_s
    beside = known(version.band.errors, ready.assembly.sensor_tags)
    if beside is None:
        return run.central, np.maximum(lead_s, step_s)
    leads = np.arange(1, ready.window.samples - run.first + 1)
    made = forecasts(
        ready, run.free, version.calibration, residual, beside, first=run.first, leads=leads, starts=1
    )  # fmt: skip
    central = np.full(run.central.shape, np.nan)
    for row, ahead in zip(made.rows, made.central, strict=True):
        count = len(central) - row
        central[row:] = np.where(np.isfinite(ahead[:count]), ahead[:count], central[row:])
        lead_s[row:] = leads[:count] * step_s
    return central, np.maximum(lead_s, step_s)


def _scored(run: DayRun, central: Array, width: Array) -> dict[str, Any]:
    tags, rows = run.ready.assembly.sensor_tags, slice(run.first, None)
    began = run.first + int(np.argmax(np.isfinite(central[rows]).any(axis=1)))
    held = _day_before(run.measured, run.ready.window, began)
    measured = np.where(np.isfinite(central) & np.isfinite(held), run.measured, np.nan)
    return day_scores(
        measured[rows],
        central[rows],
        np.where(np.isnan(width), np.inf, width)[rows],
        held[rows],
        scale_of(run.measured),
        tags,
        run.version.band.level,
        noise_sd=np.array([run.ready.assembly.noise_sd.get(tag, 0.0) for tag in tags]),
    )


def _day_before(measured: Array, window: SignalWindow, begun: int) -> Array:
    """What each tag read a day before, else what it read last before a forecast began, shape [T, S]."""
    shift = round(DAY_S / window.step_s)
    before = np.full_like(measured, np.nan)
    before[shift:] = measured[:-shift] if shift < len(measured) else measured[:0]
    for at, column in enumerate(measured.T):
        known = np.flatnonzero(np.isfinite(column[:begun]))
        last = column[known[-1]] if len(known) else np.nan
        before[:, at] = np.where(np.isfinite(before[:, at]), before[:, at], last)
    return before
