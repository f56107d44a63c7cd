"""Lines up all contenders on the window that nobody trained on, and asks the gate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from residual_models import noise
from residual_models.baselines import arx, persistence
from residual_models.levenberg import Array
from twin.calibration import versions
from twin.calibration.replay import START_SAMPLES, Replay, replay
from twin.calibration.study import Study
from twin.calibration.versions import Learned
from twin.estimation.bands import Unseen, grown
from twin.estimation.disturbance import Disturbance, told_apart
from twin.estimation.forecasts import Forecasts, chunk_of, forecasts, usual_leads
from twin.estimation.left_out import joined, left_out
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
    earned = champion is not None and champion.residual is not None
    times = whole.window.times_us()
    window = (int(times[gate_from]), int(times[end - 1]))
    spending = tonight(before, window[0])
    untaught = {name: _untaught(learned, name, run.central, gate_from) for name, run in runs.items()}
    candidate = best_candidate(
        replace(case, measured=measured, predicted=untaught), earned=earned, alpha=spending.alpha
    )
    ahead = {candidate: _ahead(whole, learned, candidate, runs[candidate], untaught[candidate], gate_from)}
    if candidate == "hybrid" and not earned:
        ahead["physics"] = _ahead(whole, learned, "physics", runs["physics"], untaught["physics"], gate_from)
        ratio = ahead_ratio(*(ahead[name].made.sizes(measured) for name in ("hybrid", "physics")))
        candidate = "hybrid" if ratio <= 1.0 else "physics"
    unseen = _unseen(learned, candidate, measured.shape)
    # Members that go on from the champion left nothing out; then its promise is the one to keep.
    promised = candidate in learned.unseen or champion is None
    band = versions.band_of(unseen, measured, tags) if promised or champion is None else champion.band
    width = np.array([band.half_width[tag][-1] for tag in tags])
    case = replace(case, candidate=candidate, half_width=width)
    own = _admissible(_numbers(learned, candidate), runs[candidate].members, whole, champion, maintained)
    own += suite(whole, learned.calibration, learned.residual if candidate == "hybrid" else None, steps=steps)
    if len(ahead) > 1:
        own.append(_from_followed(ratio))
    report = decide(case, own, window, spending)
    band = _band(whole, learned, candidate, ahead[candidate], gate_from)
    return Judgement(candidate, report, band, _expected(ahead[candidate].error, whole))


def _expected(error: Array, whole: Study) -> dict[str, float]:
    """Size of the unseen errors of each tag that has any, no less than the sensor's noise."""
    sizes = [noise.spread(column) for column in error.T]
    tags = zip(whole.assembly.sensor_tags, sizes, whole.floor, strict=True)
    return {tag: max(float(size), float(floor)) for tag, size, floor in tags if np.isfinite(size)}


def ahead_ratio(hybrid: Array, physics: Array) -> float:
    """Error of a hybrid over that of physics alone from followed states, by sizes [H, S]: mean over tags and leads.

    A plant is served from states that follow its log, and there physics alone may adapt its parameters: on EMPS a
    hybrid that beat its physics by 13 % in one long run erred 1.6 times as much over the next second.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.log(hybrid / physics)
    known = ratio[np.isfinite(ratio)]
    return float(np.exp(known.mean())) if len(known) else 1.0


def _from_followed(ratio: float) -> dict[str, object]:
    """Tells which of both stood for the candidate; a hybrid that errs more has given way, which fails nothing."""
    text = f"hybrid {ratio:.2f} times physics alone" + (", so physics alone is the candidate" if ratio > 1.0 else "")
    return {"name": "forecasts from followed states", "passed": True, "ratio": ratio, "text": text}


@dataclass(frozen=True)
class _Ahead:
    """A contender's free run's error on what nobody trained on [T, S], its parts, and its forecasts on the newest."""

    error: Array
    beside: Disturbance
    made: Forecasts


def _unseen(learned: Learned, name: str, shape: tuple[int, ...]) -> Array:
    """Predictions of a contender on samples that its members had left out, on the window's grid [T, S]."""
    found, known = np.full(shape, np.nan), learned.unseen.get(name)
    if known is not None:
        found[: len(known)] = known
    return found


def _untaught(learned: Learned, name: str, free: Array, gate_from: int) -> Array:
    """Predictions of a contender where it was not trained [T, S]: on what its members left out, and on the newest."""
    found = _unseen(learned, name, free.shape)
    found[gate_from:] = free[gate_from:]
    return found


def _ahead(whole: Study, learned: Learned, name: str, free: Replay, untaught: Array, gate_from: int) -> _Ahead:
    measured = whole.measured()
    beside = told_apart(untaught - measured, whole.window.step_s, whole.floor)
    residual = learned.residual if name == "hybrid" else None
    leads = usual_leads(whole.rows[-1][1] - gate_from)
    made = forecasts(whole, free, learned.calibration, residual, beside, first=gate_from, leads=leads)
    return _Ahead(untaught - measured, beside, made)


def _band(whole: Study, learned: Learned, candidate: str, ahead: _Ahead, gate_from: int) -> Band:
    """The candidate's band: of forecasts by lead and of free runs, wherever nobody had trained."""
    every = chunk_of(sum(max(last - max(first, gate_from), 0) for first, last in whole.rows))
    earlier = left_out(whole, learned, candidate, ahead.beside, leads=ahead.made.leads, every=every)
    free = Unseen(ahead.error, whole.run_for_s(START_SAMPLES))
    return grown(
        whole.assembly.sensor_tags, free, joined([*earlier, ahead.made]), whole.measured(), ahead.beside,
        step_s=whole.window.step_s, level=versions.LEVEL,
    )  # fmt: skip


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
