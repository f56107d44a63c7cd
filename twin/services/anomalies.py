"""Use case: what the readings did that the filtered hybrid did not expect."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twin.calibration.replay import replay
from twin.calibration.replay import worlds as members_of
from twin.calibration.study import MIN_SAMPLES, study
from twin.errors import Fault, InvalidInput, NotReady
from twin.estimation.disturbance import Disturbance
from twin.estimation.follow import follow
from twin.prediction.alarms import margin_for
from twin.prediction.anomaly_score import Habits, anomaly_score, enough, unseen
from twin.prediction.episodes import episodes
from twin.prediction.worlds import Worlds
from twin.records.anomaly import AnomalySignal
from twin.records.window import SignalWindow
from twin.services.basis import Basis, stand_on
from twin.services.context import Context, Progress, silent
from twin.services.present import disturbances, driven_inputs, modelled
from twin.services.windows import window

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

WORLDS = 32
"""The states that a row of readings corrects are few; more worlds move the innovations by less than the noise."""
MOST_ROWS = 20_000
"""Each row is a run of its own: more would keep a reader waiting for more than about a minute."""
FALSE_ALARM_RATIO = 0.01
"""Share of healthy rows that may alarm where nobody says."""
BRIDGE_ROWS = 10
"""Quiet rows that do not end an episode: twice the memory of the running mean."""


@dataclass(frozen=True)
class Followed:
    """A stretch that the model has followed: innovations [K, S] over their expected spread, NaN where missing."""

    basis: Basis
    window: SignalWindow
    innovations: Floats


def watch(
    context: Context,
    plant: str,
    learn_until_us: int,
    *,
    start_us: int | None = None,
    end_us: int | None = None,
    version: int | None = None,
    margin: float | None = None,
    false_alarm_ratio: float = FALSE_ALARM_RATIO,
    habits: Habits | None = None,
    progress: Progress = silent,
) -> AnomalySignal:
    """Follow a stretch row by row and score what was unexpected.

    Args:
        context: Access to the database.
        plant: Name of the plant.
        learn_until_us: Rows from the start to here are healthy; what is usual is learned from them.
        start_us: First row, by default the plant's first reading.
        end_us: No row at or after it, by default just after the last reading.
        version: Of the model, the champion by default.
        margin: How far over the learned limit alarms; by default so that `false_alarm_ratio` of the healthy rows that
            taught nothing alarm.
        false_alarm_ratio: See `margin`.
        habits: How to learn.
        progress: Told the finished share.
    Raises: NotFound; NotReady, when too few rows are there to learn from; InvalidInput, when the stretch is too long.
    """
    found = followed(context, plant, start_us, end_us, version=version, progress=progress)
    times_us, tags = found.window.times_us(), found.basis.assembly.sensor_tags
    seen = np.asarray(np.isfinite(found.innovations).any(axis=1))
    learned: Flags = (times_us < learn_until_us) & seen
    if not enough(learned, len(tags), habits):
        need = "Choose a later end of the healthy rows (learn_to), or an earlier start."
        raise NotReady(f"plant {plant!r}: {int(learned.sum())} rows are too few to learn from. {need}")
    if margin is None:
        margin = margin_for(unseen(found.innovations, learned, habits), false_alarm_ratio)
    scored = anomaly_score(found.innovations, learned, habits)
    alarm: Flags = (scored.score > margin) & seen & ~learned
    spans = episodes(alarm, scored.score / margin, scored.share, times_us, tags, bridge=BRIDGE_ROWS)
    return AnomalySignal(
        plant, times_us, tags, found.innovations, scored.score, scored.share, seen, learned, margin, alarm, spans,
        found.basis.version_number,
    )  # fmt: skip


def followed(
    context: Context,
    plant: str,
    start_us: int | None = None,
    end_us: int | None = None,
    *,
    version: int | None = None,
    progress: Progress = silent,
) -> Followed:
    """Run the model beside a stretch of log, its states corrected by each row; parameters stay as calibrated."""
    basis = stand_on(context, plant, version=version)
    found = window(context, plant, start_us, end_us, revision=basis.revision)
    if found.samples > MOST_ROWS:
        need = f"at most {MOST_ROWS:,} rows of {found.step_s:g} s"
        raise InvalidInput([Fault("start, end", f"{found.samples:,} rows", need, "Choose a shorter stretch.")])
    measured = modelled(basis, found)
    beside = disturbances(basis, measured)
    # A fault must not be learned away as a disturbance: what the free run leaves unexplained is all noise here.
    noise_sd = np.sqrt(beside.noise_sd**2 + (beside.sd**2).sum(axis=0))
    first = next((begin for begin, end in found.segments if end - begin >= MIN_SAMPLES), 0)
    run = follow(
        _started(basis, found, first),
        basis.assembly,
        driven_inputs(basis, found)[first:],
        measured[first:],
        sample_s=found.step_s,
        every=1,
        disturbance=Disturbance.none(noise_sd),
        tell=lambda share: progress(share, "following"),
    )
    return Followed(basis, found, np.concatenate([np.full((first, len(noise_sd)), np.nan), run.innovations]))


def _started(basis: Basis, found: SignalWindow, first: int) -> Worlds:
    """The model's members, taken in turn, at the state that the rows from the first on ask for."""
    ready = study(basis.assembly, basis.assembly.compile(), found, until=first + MIN_SAMPLES)
    starts = replay(ready, basis.calibration, basis.residual).starts[0]
    parameters, _starts = members_of(ready, basis.calibration, basis.residual)
    turn = np.arange(WORLDS) % parameters.shape[1]
    return Worlds(basis.model, parameters[:, turn], starts[:, turn], (), np.zeros((0, WORLDS)), seed=0)
