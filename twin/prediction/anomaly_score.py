"""Scores how unusual each row of innovations is, against rows that are known to be healthy.

The filtered model's innovations still hang together where physics leaves something out. What they usually do next is
learned on the healthy rows; the score is what neither physics nor that explains.

Symbols    score, distance of the smoothed innovations from zero over its quantile in the learned rows
Source     physics residuals through a linear innovations model: Ljung (1999), section 4.2; MEWMA and its usual memory
           0.2: Lowry, Woodall, Champ, Rigdon (1992), doi:10.1080/00401706.1992.10485232
Assumes    the learned rows hold nothing that should alarm; a row without readings is passed over, as if not logged
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twin.prediction import alarms, noise_model

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

UNSEEN_SHARE = 0.5
"""The later half of the learned rows judges what the earlier half has learned."""


@dataclass(frozen=True)
class Habits:
    """How to learn: lags of the innovations model, its ridge in rows, memory of the mean, quantile of the limit."""

    order: int = 3
    ridge: float = 5.0
    memory: float = 0.2
    quantile: float = 0.99


@dataclass(frozen=True)
class AnomalyScore:
    """Score of each row over the learned limit [T], and each tag's share in it [T, S]; NaN where nothing was read."""

    score: Floats
    share: Floats


def anomaly_score(errors: Floats, learned: Flags, habits: Habits | None = None) -> AnomalyScore:
    """Score every row.

    Args:
        errors: Innovations of the filtered model, or any other one-step errors, shape [T, S], NaN where missing.
        learned: Rows that are known to be healthy, shape [T].
        habits: How to learn.
    """
    habits = habits or Habits()
    seen = np.isfinite(errors).any(axis=1)
    rows, usable = errors[seen], learned[seen]
    rows = np.where(np.isfinite(rows[usable]).any(axis=0), rows, 0.0)
    model = noise_model.fit(rows, usable, order=habits.order, ridge=habits.ridge)
    scores = alarms.score(noise_model.innovations(model, rows), memory=habits.memory)
    limit = alarms.threshold(scores, usable, quantile=habits.quantile, margin=1.0)
    score, share = np.full(len(errors), np.nan), np.full(errors.shape, np.nan)
    score[seen], share[seen] = scores / limit, _shares(noise_model.tag_innovations(model, rows), habits.memory)
    return AnomalyScore(score, share)


def unseen(errors: Floats, learned: Flags, habits: Habits | None = None) -> Floats:
    """Scores of healthy rows that taught nothing: the later half of the learned rows, by the earlier half's limit."""
    rows = np.flatnonzero(learned & np.isfinite(errors).any(axis=1))
    cut = rows[int(len(rows) * (1.0 - UNSEEN_SHARE))]
    early = learned & (np.arange(len(learned)) < cut)
    return np.asarray(anomaly_score(errors, early, habits).score[rows[rows >= cut]])


def enough(learned: Flags, tags: int, habits: Habits | None = None) -> bool:
    """Whether half of the learned rows carries the coefficients of one tag's prediction."""
    habits = habits or Habits()
    return bool(learned.sum() * UNSEEN_SHARE >= habits.order * tags + 1)


def _shares(errors: Floats, memory: float) -> Floats:
    parts = alarms.smoothed(np.nan_to_num(errors), memory=memory) ** 2
    return np.asarray(parts / np.maximum(parts.sum(axis=1, keepdims=True), 1e-300))
