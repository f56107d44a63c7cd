"""Finds one day that stands for the weeks to come, and how much more or less the other days wear.

Equations  ḋ(week) ≈ ḋ(chosen day) · mean over days of ḋ_k / ḋ_chosen, per wear state, the ratio taken in one world
Source     ratio estimation with a common reference: Cochran, Sampling Techniques (1977), chapter 6
Assumes    days differ in load alike for every world; the days to come are drawn from those in the log
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from physics.simulate import streams
from twin.prediction.runs import run
from twin.prediction.worlds import Worlds

Floats = NDArray[np.float64]

DAYS_AHEAD = 90
"""How many days each world draws, with replacement, from those in the log."""
LARGEST_RATIO = 1e3
"""A chosen day that hardly wears a part must not blow its rate up without bound."""


@dataclass(frozen=True)
class Duty:
    """One day's inputs [T, I] and, per wear state and world, the mean of the coming days over that day [slow, W]."""

    inputs: Floats
    scale: Floats


def duty(worlds: Worlds, days: Floats, sample_s: float) -> Duty:
    """Choose the representative day.

    Args:
        worlds: At the time of the forecast; the first of them tells how the days compare.
        days: Inputs of each day in the log, shape [T, I, D].
        sample_s: Seconds between samples.
    """
    count, slow = days.shape[2], worlds.model.slow
    if count == 1:
        return Duty(days[:, :, 0], np.ones((int(slow.sum()), worlds.count)))
    same = replace(
        worlds,
        parameters=np.repeat(worlds.parameters[:, :1], count, axis=1),
        start=np.repeat(worlds.start[:, :1], count, axis=1),
    )
    found = run(same, days, sample_s)
    grown = np.where(found.alive, np.maximum(found.final[slow] - same.start[slow], 0.0), np.nan)
    usual = np.nanmean(grown, axis=1)
    # The day on which every part wears most like its average day; parts that never wear have no say.
    wearing = usual > 0
    strange = np.abs(np.log(np.maximum(grown[wearing] / usual[wearing, None], 1.0 / LARGEST_RATIO))).sum(axis=0)
    chosen = int(np.nanargmin(np.where(found.alive, strange, np.inf)))
    reference = np.maximum(grown[:, chosen], np.maximum(usual, 1e-300) / LARGEST_RATIO)
    ratio = np.nan_to_num(grown / reference[:, None], nan=1.0)
    ratio[~wearing] = 1.0
    picks = [streams.uniform(worlds.seed, world, "coming days", DAYS_AHEAD) for world in range(worlds.count)]
    drawn = np.minimum(np.array(picks) * count, count - 1).astype(np.int64)
    return Duty(days[:, :, chosen], ratio[:, drawn].mean(axis=2))
