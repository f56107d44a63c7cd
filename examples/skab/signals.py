"""From each experiment's one-step errors to alarms at a limit that only healthy rows have set.

A score is how far the smoothed innovations are over the limit of the experiment's own teaching rows. How far over that
limit alarms (one margin for all experiments) is what leaves the accepted share of alarms on healthy rows that taught
nothing: the later halves of all teaching rows, judged by the earlier halves, and the rows after the teaching rows of
the anomaly-free stretches. No label of a scored row enters.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from examples.skab.metrics import PointScore, nab, pooled, turns
from examples.skab.records import SECOND_US, Experiment
from twin.prediction.alarms import margin_for
from twin.prediction.anomaly_score import Habits, anomaly_score, unseen
from twin.services.anomalies import BRIDGE_ROWS

ROWS_TO_SPLIT = 200
"""Fewer teaching rows than this are too few to be split into two halves."""


@dataclass(frozen=True)
class Signal:
    """Scores [T] of every experiment's rows, and scores of healthy rows that taught nothing."""

    experiments: tuple[Experiment, ...]
    scores: tuple[np.ndarray, ...]
    healthy: np.ndarray

    def at(self, accepted_ratio: float) -> dict:
        """Margin and scores where so large a share of healthy rows may alarm."""
        margin = margin_for(self.healthy, accepted_ratio)
        alarms = [score > margin for score in self.scores]
        counted = [(one, alarm) for one, alarm in zip(self.experiments, alarms, strict=True) if one.labelled]
        groups = sorted({one.name.partition("-")[0] for one, _alarm in counted})
        return {
            "accepted": accepted_ratio,
            "margin": margin,
            "nab": nab([_turns(one, alarm) for one, alarm in counted]),
            **_points(counted),
            "groups": {
                group: _points([pair for pair in counted if pair[0].name.startswith(f"{group}-")]) for group in groups
            },
        }


def signal(experiments: tuple[Experiment, ...], errors: tuple[np.ndarray, ...], habits: Habits | None = None) -> Signal:
    """Score experiments by one-step errors on their grid of seconds, [T, S] each, NaN where no row was logged."""
    scores, healthy = [], []
    for one, error in zip(experiments, errors, strict=True):
        teaching = np.arange(len(error)) < one.rows[one.teaching]
        score = anomaly_score(error, teaching, habits).score[one.rows]
        if one.labelled and one.teaching >= ROWS_TO_SPLIT:
            healthy.append(unseen(error, teaching, habits))
        elif not one.labelled:
            healthy.append(score[one.teaching :])
        scores.append(score)
    return Signal(experiments, tuple(scores), np.concatenate(healthy))


def raw_errors(one: Experiment) -> np.ndarray:
    """The logged columns themselves on the grid of seconds: what a plain vector autoregression predicts."""
    grid = np.full((int(one.rows[-1]) + 1, one.values.shape[1]), np.nan)
    grid[one.rows] = one.values
    return grid


def _points(counted: list[tuple[Experiment, np.ndarray]]) -> dict:
    found: PointScore = pooled([(one.anomaly[one.scored :], alarm[one.scored :]) for one, alarm in counted])
    return {"f1": found.f1, "far": found.false_alarm_ratio, "mar": found.missed_ratio}


def _turns(one: Experiment, alarm: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Seconds of the change points and of the alarm's turns among the scored rows."""
    seconds = (one.times_us - one.times_us[0])[one.scored :] / SECOND_US
    detected = turns(alarm[one.scored :], hold=BRIDGE_ROWS)
    return seconds[np.flatnonzero(one.change[one.scored :])], seconds[detected]
