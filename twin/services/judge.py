"""Lines up all contenders on the window that nobody trained on, and asks the gate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from residual_models import noise
from residual_models.baselines import arx, persistence
from residual_models.levenberg import Array
from twin.calibration import versions
from twin.calibration.replay import START_SAMPLES, Replay, replay
from twin.calibration.study import Study
from twin.calibration.versions import Learned
from twin.estimation.bands import grown
from twin.estimation.disturbance import told_apart
from twin.estimation.forecasts import forecasts, usual_leads
from twin.gate import admissible
from twin.gate.budget import tonight
from twin.gate.decide import Case, best_candidate, decide
from twin.records.model import Band, GateReport, ModelVersion, believed
from twin.services.admissibility import STABLE_STEPS, suite
from twin.services.recalibration_parts import nights_since

ARX_ORDER = 2


@dataclass(frozen=True)
class Judgement:
    """Which contender is the candidate, what the gate says of it, and its band.

    The band comes from every prediction of a sample that the predicting model had not seen: by members that left it
    out, and on the gate's window, where the free run has gone on beyond all that was trained. `expected` is the size of
    those errors per tag, what later training counts them against.
    """

    candidate: str
    report: GateReport
    band: Band
    expected: dict[str, float]


def judge(
    learning: Study,
    whole: Study,
    learned: Learned,
    *,
    champion: ModelVersion | None,
    maintained: bool,
    before: Sequence[GateReport] = (),
    steps: int = STABLE_STEPS,
) -> Judgement:
    """Choose hybrid or physics alone as the candidate and judge it.

    Args:
        learning: The part of the window that was trained on.
        whole: The whole window; the gate looks at what comes after.
        learned: What was trained on the first part.
        champion: The version in service.
        maintained: Whether maintenance was recorded since its data ended.
        before: What the gate said of all earlier candidates, oldest first.
        steps: Length of the long run that a candidate must last, samples.
    """
    gate_from = learning.rows[-1][1]
    measured = whole.measured()
    runs = {"physics": replay(whole, learned.calibration, None)}
    if learned.residual is not None:
        runs["hybrid"] = replay(whole, learned.calibration, learned.residual)
    predicted = {name: run.central for name, run in runs.items()}
    if champion is not None:
        predicted["champion"] = replay(whole, champion.calibration, champion.residual).central
    predicted |= _baselines(whole, measured, gate_from)
    tags = whole.assembly.sensor_tags
    end = whole.rows[-1][1]
    cut = {name: values[gate_from:end] for name, values in predicted.items()}
    case = Case(
        measured=measured[gate_from:end],
        predicted=cut,
        candidate="physics",
        tags=tags,
        scale=scale_of(measured[:gate_from]),
        critical=_critical(whole),
        half_width=np.zeros(len(tags)),
        level=versions.LEVEL,
        noise_sd=whole.floor,
    )
    candidate = best_candidate(case, earned=champion is not None and champion.residual is not None)
    unseen = np.full(measured.shape, np.nan)
    known = learned.unseen.get(candidate, unseen[:0])
    unseen[: len(known)] = known
    # Members that go on from the champion left nothing out; then its promise is the one to keep.
    band = versions.band_of(unseen, measured, tags) if len(known) or champion is None else champion.band
    width = np.array([band.half_width[tag][-1] for tag in tags])
    case = Case(**{**vars(case), "candidate": candidate, "half_width": width})
    times = whole.window.times_us()
    window = (int(times[gate_from]), int(times[end - 1]))
    own = _admissible(_numbers(learned, candidate), runs[candidate].members, whole, champion, maintained)
    own += suite(whole, learned.calibration, learned.residual if candidate == "hybrid" else None, steps=steps)
    report = decide(case, own, window, tonight(before, window[0]))
    unseen[gate_from:] = predicted[candidate][gate_from:]
    band = _band(whole, learned, candidate, runs[candidate], unseen, gate_from)
    return Judgement(candidate, report, band, _expected(unseen - measured, whole))


def _expected(error: Array, whole: Study) -> dict[str, float]:
    """Size of the unseen errors of each tag that has any, no less than the sensor's noise."""
    sizes = [noise.spread(column) for column in error.T]
    tags = zip(whole.assembly.sensor_tags, sizes, whole.floor, strict=True)
    return {tag: max(float(size), float(floor)) for tag, size, floor in tags if np.isfinite(size)}


def _band(
    whole: Study, learned: Learned, candidate: str, free: Replay, unseen: Array, gate_from: int
) -> Band:  # fmt: skip
    """The candidate's band: of forecasts by lead on the gate's window, of free runs wherever nobody had trained."""
    measured, tags, step_s = whole.measured(), whole.assembly.sensor_tags, whole.window.step_s
    beside = told_apart(unseen - measured, step_s, whole.floor)
    made = forecasts(
        whole,
        free,
        learned.calibration,
        learned.residual if candidate == "hybrid" else None,
        beside,
        first=gate_from,
        leads=usual_leads(whole.rows[-1][1] - gate_from),
    )
    return grown(versions.band_of(unseen, measured, tags), made, measured, beside, step_s=step_s)


def scale_of(measured: Array) -> Array:
    """Usual spread of each tag [S]; 1 where it never moved."""
    spread = np.array([np.nanstd(column) if np.isfinite(column).any() else 1.0 for column in measured.T])
    return np.where(spread > 0, spread, 1.0)


def _baselines(whole: Study, measured: Array, gate_from: int) -> dict[str, Array]:
    """Predictions from the gate's first sample on, on the window's grid."""
    samples = len(measured)
    inputs = whole.window.driven
    before = _filled(measured[:gate_from])
    linear = arx.fit(measured[:gate_from], inputs[:gate_from], np.isfinite(measured[:gate_from]), ARX_ORDER)
    found = {
        "persistence": persistence.free_run(measured[:gate_from], samples - gate_from, START_SAMPLES),
        "arx": linear.free_run(before[-ARX_ORDER:], inputs[gate_from - ARX_ORDER :]),
    }
    gap = np.full((gate_from, measured.shape[1]), np.nan)
    return {name: np.concatenate([gap, values]) for name, values in found.items()}


def _filled(measured: Array) -> Array:
    """Missing values replaced by the last known one, by the tag's median before any."""
    filled = measured.copy()
    for column in filled.T:
        known = np.isfinite(column)
        last = np.maximum.accumulate(np.where(known, np.arange(len(column)), -1))
        middle = np.median(column[known]) if known.any() else 0.0
        column[:] = np.where(last >= 0, column[np.maximum(last, 0)], middle)
    return filled


def _critical(whole: Study) -> dict[str, str]:
    """Tags of critical assets, to their asset."""
    assembly = whole.assembly
    assets = {tag: path.partition(".")[0] for tag, path in zip(assembly.sensor_tags, assembly.outputs, strict=True)}
    return {tag: asset for tag, asset in assets.items() if asset in assembly.critical}


def _numbers(learned: Learned, candidate: str) -> dict[str, float]:
    """What the candidate believes of the plant's parameters."""
    return believed(learned.calibration, learned.residual if candidate == "hybrid" else None).as_dict()


def _admissible(
    values: dict[str, float], members: Array, whole: Study, champion: ModelVersion | None, maintained: bool
) -> list[dict[str, object]]:
    free = whole.assembly.free
    return admissible.checks(
        members=members,
        values=values,
        ranges={item.name: (item.low, item.high) for item in free},
        before=champion.posterior.as_dict() if champion else None,
        spreads={item.name: item.sd for item in free},
        maintained=maintained,
        nights=nights_since(champion, whole.window),
    )
