"""Use case: what the model in service expected over a stretch of the log, beside what was measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from physics.simulate.rollout import rollout
from twin.calibration.replay import START_SAMPLES, Replay, replay
from twin.calibration.replay import worlds as members_of
from twin.calibration.study import Study, study
from twin.errors import Fault, InvalidInput
from twin.prediction.support import feature_paths, in_support
from twin.prediction.worlds import Worlds
from twin.records.prediction import Prediction, Trend
from twin.records.window import SignalWindow
from twin.services.basis import Basis, known_tags, stand_on
from twin.services.context import Context
from twin.services.windows import begin_of_log, window

Floats = NDArray[np.float64]

MOST_SAMPLES = 50_000
"""Longer free runs would keep a reader waiting for more than some ten seconds."""
LEAD_S = 6 * 3600.0
"""A stretch is run from so long before its first sample, where the log reaches back: what only the start values say is
forgotten by then."""
LEVEL = 0.9
"""Coverage that bands promise where no model says otherwise."""


def trend(
    context: Context,
    plant: str,
    tags: Sequence[str] | None = None,
    start_us: int | None = None,
    end_us: int | None = None,
    *,
    max_points: int | None = None,
) -> Trend:
    """Run the model freely; of what was measured, only the first samples of the run and of those after a gap enter.

    Args:
        context: Access to the database.
        plant: Name of the plant.
        tags: Modelled tags, all by default.
        start_us: First sample, by default the first reading.
        end_us: No sample at or after it, by default just after the last reading.
        max_points: Keep only every n-th sample, so that no more are left.
    Raises: NotFound; NotReady, when there is nothing to run; InvalidInput, when the stretch is too long.
    """
    basis = stand_on(context, plant)
    chosen = known_tags(basis, list(tags) if tags else None)
    found, lead = _with_lead(context, basis, plant, start_us, end_us)
    if found.samples > MOST_SAMPLES:
        need = f"at most {MOST_SAMPLES:,} samples of {found.step_s:g} s"
        raise InvalidInput([Fault("start, end", f"{found.samples:,} samples", need, "Choose a shorter stretch.")])
    place = (str(context.settings.sqlalchemy_url), plant, basis.revision, basis.version_number)
    run = _free_run(_Key((*place, found.start_us, found.samples, found.step_s, found.watermark_us), basis, found))
    shown = found.samples - lead
    rows = slice(lead, None, 1 if max_points is None else max(1, -(-shown // max_points)))
    return _shown(basis, run, chosen, found.times_us(), rows)


def _with_lead(
    context: Context, basis: Basis, plant: str, start_us: int | None, end_us: int | None
) -> tuple[SignalWindow, int]:
    """The window that is run, and how many of its samples come before the stretch that was asked for."""
    found = window(context, plant, start_us, end_us, revision=basis.revision)
    if start_us is None:
        return found, 0
    reach_s = min(LEAD_S, (start_us - begin_of_log(context, plant)) / 1e6)
    lead = max(0, int(reach_s / found.step_s))
    early_us = start_us - lead * round(found.step_s * 1e6)
    return window(context, plant, early_us, end_us, step_s=found.step_s, revision=basis.revision), lead


def _shown(basis: Basis, run: _FreeRun, tags: tuple[str, ...], times_us: NDArray[np.int64], rows: slice) -> Trend:
    """Some tags and rows of a run, with the band around its mean."""
    columns = [basis.assembly.sensor_tags.index(tag) for tag in tags]
    mean, physics, measured = (array[rows][:, columns] for array in (run.mean, run.physics, run.measured))
    nothing = np.full(len(mean), np.nan)
    each = [basis.band.at(tag, run.lead_s[rows], followed=False) if basis.band else nothing for tag in tags]
    half = np.stack(each, axis=1)
    prediction = Prediction(times_us[rows], tags, mean, physics, mean - half, mean + half, run.inside[rows])
    units = {tag: basis.assembly.units[tag].si_unit for tag in tags}
    version = None if basis.version is None else basis.version_number
    return Trend(prediction, measured, units, version, LEVEL if basis.band is None else basis.band.level)


@dataclass(frozen=True)
class _FreeRun:
    """Central prediction, physics alone and measurements [T, S], where the residual is at home [T], seconds run [T]."""

    mean: Floats
    physics: Floats
    measured: Floats
    inside: NDArray[np.bool_]
    lead_s: Floats


@dataclass(frozen=True)
class _Key:
    """A run is the same while plant, model, stretch and watermark are; what it is made from rides along."""

    facts: tuple[object, ...]
    basis: Basis = field(compare=False)
    window: SignalWindow = field(compare=False)


@lru_cache(maxsize=16)
def _free_run(key: _Key) -> _FreeRun:
    basis = key.basis
    ready = study(basis.assembly, basis.assembly.compile(), key.window)
    hybrid = replay(ready, basis.calibration, basis.residual)
    physics = hybrid if basis.residual is None else replay(ready, basis.calibration, None)
    lead_s = ready.run_for_s(START_SAMPLES)
    return _FreeRun(hybrid.central, physics.central, ready.measured(), _inside(basis, ready, hybrid), lead_s)


def _inside(basis: Basis, ready: Study, hybrid: Replay) -> NDArray[np.bool_]:
    """Where every feature of the corrections lies in its trained range; True between records and without a residual."""
    inside = np.ones(ready.window.samples, np.bool_)
    if basis.residual is None or not feature_paths(basis.assembly):
        return inside
    parameters, _starts = members_of(ready, basis.calibration, basis.residual)
    for (first, last), record, start in zip(ready.rows, ready.runs.records, hybrid.starts, strict=True):
        outputs = rollout(
            basis.model, inputs=record.inputs, sample_s=ready.window.step_s, parameters=parameters, start=start
        ).outputs
        members = Worlds(basis.model, parameters, start, (), np.zeros((0, parameters.shape[1])), 0)
        inside[first:last] = in_support(members, basis.assembly, outputs)
    return inside
