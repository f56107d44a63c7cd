"""Makes one alarm signal of many standardised innovations.

Equations  z_t = λ e_t + (1 − λ) z_{t−1},  score_t = (2 − λ) / λ · |z_t|²
Symbols    e standardised innovation (identity covariance), λ memory (1: the last sample alone), z its running mean
Source     Lowry, Woodall, Champ, Rigdon (1992), doi:10.1080/00401706.1992.10485232 (MEWMA)
Assumes    innovations white with identity covariance when nothing is wrong; then score has mean S
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter


def score(innovations: NDArray[np.float64], *, memory: float) -> NDArray[np.float64]:
    """Multivariate exponentially weighted distance of innovations [T, S] from zero, shape [T]."""
    return np.asarray((2.0 - memory) / memory * (smoothed(innovations, memory=memory) ** 2).sum(axis=1))


def smoothed(innovations: NDArray[np.float64], *, memory: float) -> NDArray[np.float64]:
    """Exponentially weighted running mean of innovations [T, S], from zero on, shape [T, S]."""
    return np.asarray(lfilter([memory], [1.0, memory - 1.0], innovations, axis=0))


def threshold(scores: NDArray[np.float64], usable: NDArray[np.bool_], *, quantile: float, margin: float) -> float:
    """Alarm limit from training rows alone: a margin times their quantile.

    The margin covers slow drift that a short training stretch cannot show; `margin_for` finds it on a healthy record.
    """
    return margin * float(np.quantile(scores[usable], quantile))


def margin_for(ratios: NDArray[np.float64], false_alarm_ratio: float) -> float:
    """Margin at which a healthy record alarms on the asked share of rows; ratios are scores over their own quantile."""
    return float(np.quantile(ratios, 1.0 - false_alarm_ratio))
