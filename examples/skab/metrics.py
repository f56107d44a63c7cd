"""Scores of alarms against labels, point by point and by change point.

Equations  F1 = 2 TP / (2 TP + FP + FN),  FAR = FP / (FP + TN),  MAR = FN / (FN + TP), all rows pooled
           NAB = 100 (S - S_null) / (S_perfect - S_null); in a window of length L after a change point the first
           detection at delay x earns (1 - tanh(π x / L - π / 2) / tanh(π / 2)) / 2, any detection outside costs 0.11,
           a window without one costs 1
Source     SKAB leaderboard (Katser, Kozitsin 2020); NAB standard profile: Lavin, Ahmad (2015), arXiv:1510.03336
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

FALSE_COST, MISS_COST = 0.11, 1.0


@dataclass(frozen=True)
class PointScore:
    """F1, share of false alarms among healthy rows, share of missed among anomalous ones."""

    f1: float
    false_alarm_ratio: float
    missed_ratio: float


def pooled(pairs: Sequence[tuple[np.ndarray, np.ndarray]]) -> PointScore:
    """Score (label, alarm) pairs of many records as one."""
    label = np.concatenate([pair[0] for pair in pairs]).astype(bool)
    alarm = np.concatenate([pair[1] for pair in pairs]).astype(bool)
    hit, false = int((label & alarm).sum()), int((~label & alarm).sum())
    missed, quiet = int((label & ~alarm).sum()), int((~label & ~alarm).sum())
    f1 = 2 * hit / (2 * hit + false + missed) if hit + false + missed else 1.0
    return PointScore(
        f1, false / (false + quiet) if false + quiet else 0.0, missed / (missed + hit) if hit + missed else 0.0
    )


def turns(alarm: np.ndarray, *, hold: int) -> np.ndarray:
    """Rows where an alarm begins or ends; it ends once nothing was seen for `hold` rows."""
    held = alarm.astype(bool).copy()
    last = -hold - 1
    for row in range(len(held)):
        if alarm[row]:
            last = row
        held[row] = row - last <= hold if last >= 0 else False
    return np.flatnonzero(np.diff(held.astype(int), prepend=0))


def nab(records: Sequence[tuple[np.ndarray, np.ndarray]], *, window_s: float = 60.0) -> float:
    """NAB score of (times of change points, times of detections) of many records, in seconds."""
    score = null = perfect = 0.0
    for changes, detections in records:
        free = np.ones(len(detections), bool)
        for change in changes:
            inside = (detections >= change) & (detections <= change + window_s)
            free &= ~inside
            if inside.any():
                delay = float(detections[inside].min() - change)
                score += (1 - np.tanh(np.pi * delay / window_s - np.pi / 2) / np.tanh(np.pi / 2)) / 2
            else:
                score -= MISS_COST
        score -= FALSE_COST * int(free.sum())
        null -= MISS_COST * len(changes)
        perfect += len(changes)
    return 100.0 * (score - null) / (perfect - null)
