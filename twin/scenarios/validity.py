"""Says whether a what-if stays inside what the model was calibrated on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from physics.simulate.model import Model
from twin.prediction.worlds import Worlds
from twin.records.scenario import Change, ChangeKind
from twin.records.window import SignalWindow

# How far past the calibrated range an input may go before the answer is called outside: 5 % of its span, our choice.
TOLERANCE = 0.05
# A parameter further from its posterior than this many standard deviations was never seen.
FAR_SD = 3.0


@dataclass(frozen=True)
class Envelope:
    """Range of each tag in the calibration window, SI: {tag: (low, high)}."""

    ranges: dict[str, tuple[float, float]]


def envelope_of(window: SignalWindow) -> Envelope:
    """Ranges of the usable rows of a window."""
    ranges = {}
    for tag, column in zip(window.input_tags, window.driven.T, strict=True):
        ranges[tag] = _range(column[window.running])
    for tag, column, mask in zip(window.sensor_tags, window.measured.T, window.mask.T, strict=True):
        ranges[tag] = _range(column[mask])
    return Envelope({tag: pair for tag, pair in ranges.items() if np.isfinite(pair[0])})


def judge(
    changes: Sequence[Change],
    worlds: Worlds,
    series: dict[str, NDArray[np.float64]],
    envelope: Envelope | None,
    *,
    alive: NDArray[np.bool_],
    why: Sequence[str] = (),
) -> dict[str, Any]:
    """Validity of an answer as {inside, reasons}.

    Args:
        changes: What the scenario does.
        worlds: The worlds of the run.
        series: Scenario per tag, inputs too, shape [T, W] or [T].
        envelope: Of the calibration window; None when nothing was calibrated.
        alive: Worlds that reached the end of both runs, shape [W].
        why: Why worlds did not.
    """
    reasons = [] if envelope is not None else ["the model was never calibrated; priors alone answer"]
    for tag, (low, high) in (envelope.ranges if envelope is not None else {}).items():
        if tag in series and alive.any():
            values = series[tag] if series[tag].ndim == 1 else np.median(series[tag][:, alive], axis=1)
            reasons += _outside(tag, values, low, high)
    reasons += _far_parameters(changes, worlds, worlds.model)
    if not alive.all():
        reasons.append(f"{int((~alive).sum())} of {alive.size} worlds could not be simulated and are left out")
        reasons += why
    return {"inside": not reasons, "reasons": reasons}


def _outside(tag: str, median: NDArray[np.float64], low: float, high: float) -> list[str]:
    slack = TOLERANCE * (high - low)
    worst_low, worst_high = float(median.min()), float(median.max())
    if worst_low >= low - slack and worst_high <= high + slack:
        return []
    reached = worst_low if worst_low < low - slack else worst_high
    return [f"{tag} reaches {reached:.4g}, calibrated from {low:.4g} to {high:.4g} (SI)"]


def _far_parameters(changes: Sequence[Change], worlds: Worlds, model: Model) -> list[str]:
    found = []
    for change in changes:
        if change.kind is not ChangeKind.PARAMETER or change.target not in model.parameter_names:
            continue
        drawn = worlds.parameters[model.parameter_names.index(change.target)]
        value = change.value if change.value is not None else float(np.median(drawn)) * (change.factor or 0.0)
        if abs(value - float(np.mean(drawn))) > FAR_SD * float(np.std(drawn)):
            found.append(f"{change.target} is set to {value:.4g}, which no log has shown; the law alone answers")
    return found


def _range(values: NDArray[np.float64]) -> tuple[float, float]:
    return (float(np.min(values)), float(np.max(values))) if values.size else (float("nan"), float("nan"))
