"""Use case: what the bands of a model version promised, and what data that came after it delivered."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from twin.calibration.replay import replay
from twin.calibration.study import study
from twin.errors import NotReady
from twin.estimation.delivered import delivered
from twin.estimation.disturbance import known
from twin.estimation.forecasts import LEAD_IN, STARTS, forecasts, usual_leads
from twin.records.coverage import Coverage
from twin.services import models, windows
from twin.services.basis import stand_on
from twin.services.context import Context, Progress
from twin.services.steps import State
from twin.store import coverage as store
from twin.store import readings

Leads = NDArray[np.intp]

CHUNKS = 3000
"""Corrections over a stretch: finer than for the band, since this is what the plant is followed by from now on."""
LEAD_IN_SHARE = 0.25
"""Of the stretch, that is run before it where the log reaches back: its first forecast begins from a followed state."""


def deliver(
    context: Context,
    plant: str,
    *,
    start_us: int | None = None,
    end_us: int | None = None,
    version: int | None = None,
    leads_s: Sequence[float] = (),
    starts: int = STARTS,
) -> Coverage:
    """Forecast again and again over a stretch, hold the bands against it, and keep what came out.

    The level that misses ask for goes on from the stretch before this one, so the same stretch gives the same again.

    Args:
        context: Access to the database.
        plant: Name of the plant.
        start_us: First forecast; by default where the model's own data end, or where they begin if nothing came after.
        end_us: No sample at or after it.
        version: Of the model; the champion by default.
        leads_s: Leads to look at; by default doubling up to a third of the stretch.
        starts: Forecasts over the stretch, about: more of them tell scores of short leads closer.
    Raises: NotFound; NotReady, when there is no model or too little to score.
    """
    model = models.champion(context, plant) if version is None else models.get(context, plant, version)
    log_us = windows.begin_of_log(context, plant)
    after_us = max(_after(context, plant, model.gate.window[1], model.gate.window[0]), log_us)
    begin_us = after_us if start_us is None else start_us
    found = windows.window(context, plant, begin_us, end_us, revision=model.scene_revision)
    step_us = round(found.step_s * 1e6)
    lead_in = max(0, min(int(LEAD_IN_SHARE * found.samples) + LEAD_IN, (begin_us - log_us) // step_us))
    whole = windows.window(
        context, plant, begin_us - lead_in * step_us, end_us, step_s=found.step_s, revision=model.scene_revision
    )
    basis = stand_on(context, plant, revision=model.scene_revision, version=model.version)
    ready = study(basis.assembly, basis.assembly.compile(), whole)
    beside = known(model.band.errors, ready.assembly.sensor_tags)
    if beside is None:
        need = f"a model that knows what its tags read beside it. Run twin recalibrate {plant}."
        raise NotReady(f"plant {plant!r} model {model.version}: no band by lead, need {need}")
    leads = usual_leads(found.samples) if not len(leads_s) else _samples(leads_s, found.step_s)
    made = forecasts(
        ready,
        replay(ready, model.calibration, model.residual),
        model.calibration,
        model.residual,
        beside,
        first=lead_in,
        leads=leads,
        chunks=CHUNKS,
        starts=starts,
    )
    units = {tag: ready.assembly.units[tag].si_unit for tag in ready.assembly.sensor_tags}
    with context.sessions.begin() as session:
        before = store.latest(session, plant, model.version, until_us=begin_us)
        rows = delivered(
            made, ready.measured(), model.band, units, step_s=whole.step_s, asked={} if before is None else before.asked
        )
        if not rows:
            raise NotReady(f"plant {plant!r}: nothing to score in this stretch. Take a longer one.")
        end = int(found.times_us()[-1]) + 1
        coverage = Coverage(plant, model.version, begin_us, end, model.band.level, rows)
        store.save(session, coverage)
    return coverage


def latest(context: Context, plant: str, version: int | None = None) -> Coverage | None:
    """The newest scores of a version, the champion by default; None before the first.

    Raises: NotFound; NotReady, when no model is in service.
    """
    number = models.champion(context, plant).version if version is None else version
    with context.sessions() as session:
        return store.latest(session, plant, number)


def _step(context: Context, state: State, progress: Progress) -> State:
    """Score as the job asks."""
    progress(0.0, "forecasting over the stretch")
    found = deliver(context, state["plant"], start_us=state.get("start_us"), end_us=state.get("end_us"))
    right = sum(row.right for row in found.rows)
    return {**state, "result": {"version": found.version, "right": right, "of": len(found.rows)}}


STEPS = (("deliver", _step),)


def _after(context: Context, plant: str, seen_us: int, gate_us: int) -> int:
    """Where the data begin that came after a model: after its gate's window, or with that window where none came."""
    with context.sessions() as session:
        last = max((last for _first, last in readings.extent(session, plant).values()), default=seen_us)
    return seen_us + 1 if last > seen_us else gate_us


def _samples(leads_s: Sequence[float], step_s: float) -> Leads:
    return np.unique(np.maximum(np.round(np.array(leads_s) / step_s), 1)).astype(np.intp)
