"""Finds the few days of a log that together wear the plant as all of its days do.

Each day of the log is run at the present wear and half-way to the limits, in a few worlds. Days are then chosen one by
one, each the one that helps most, until the mean wear of all days is met: mean wear, not mean load, since wear is not
proportional to load. Chosen days stand for every day in shares; what the shares still miss is a factor on each state.

Equations  min over a_d >= 0 with Σ a_d = 1 of |G_c a_d − g_d|² for every day d;  f = Σ_d n_d g_d / Σ_d n_d G_c a_d
Symbols    g_d what every wear state grows by in day d, G_c that of the chosen days, a_d shares, n_d how often day d is
           to come, f factor
Source     non-negative least squares: Lawson, Hanson (1974), chapter 23; ratio estimation: Cochran, Sampling Techniques
           (1977), chapter 6
Assumes    days differ alike in every world; the days to come are of the kinds that the log has
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

from physics.simulate import streams
from physics.simulate.duty_cycles import Duty, DutyCycles, one_block
from twin.prediction.future import LoggedDays
from twin.prediction.worlds import Worlds

Floats = NDArray[np.float64]

TOLERANCE = 0.01
"""Relative mismatch of mean wear up to which a day less is worth more than a factor nearer to one."""
MOST_DAYS = 3
"""Every chosen day is run in each round of the long horizon."""
LARGEST_FACTOR = 10.0
"""A state that the chosen days hardly wear must not be blown up without bound."""
REFERENCES = 4
"""How many worlds tell how the days compare."""
UNIT_WEIGHT = 100.0
"""Of the rule that shares add up to one, beside relative errors of wear."""
LEAST_WEAR = 1e-7
"""A day that moves a wear state by less of its nominal size does not count: 4e-5 in a year."""


@dataclass(frozen=True)
class Representatives:
    """Chosen days and whom they stand for.

    Attributes: chosen, indices of days in the order of time; stands_for [k, D], columns adding up to one; growth
    [S, D], what each day adds, mean of the reference worlds at both wears; mismatch, the largest relative difference
    that any state's mean wear keeps at one of the two wears, with the factors for the log's own days; unscaled, the
    same without factors.
    """

    chosen: tuple[int, ...]
    stands_for: Floats
    growth: Floats
    mismatch: float
    unscaled: float

    def factor(self, drawn: Floats) -> Floats:
        """How much more each state wears over days drawn [D, W] than the chosen days that stand for them, [S, W]."""
        wanted, have = self.growth @ drawn, self.growth[:, list(self.chosen)] @ self.stands_for @ drawn
        found = np.divide(wanted, have, out=np.ones_like(have), where=have > 0)
        return np.asarray(np.clip(found, 1.0 / LARGEST_FACTOR, LARGEST_FACTOR))


def choose(worlds: Worlds, days: LoggedDays, sample_s: float, *, worn: Floats) -> Representatives:
    """Choose the days.

    Args:
        worlds: At the time of the forecast; the first few tell how the days compare.
        days: Of the log.
        sample_s: Seconds between samples.
        worn: A second wear at which the days are compared, shape [S, W].
    """
    count, slow = days.inputs.shape[2], worlds.model.slow
    alone = Representatives((0,), np.ones((1, count)), np.zeros((int(slow.sum()), count)), 0.0, 0.0)
    if count == 1:
        return alone
    grown = _grown(worlds, days.inputs, sample_s, worn)
    if not grown.size:
        return alone
    features = grown.reshape(count, -1).T
    usual = features.mean(axis=1)
    counts = usual > LEAST_WEAR * np.broadcast_to(worlds.model.nominal[slow], grown.shape[1:]).ravel()
    chosen, shares = _pick(features[counts] / usual[counts, None])
    order = np.argsort(chosen)[::-1]  # days are listed newest first
    bare = Representatives(
        tuple(int(chosen[k]) for k in order), shares[order], grown.mean(axis=(1, 2)).T.copy(), 0.0, 0.0
    )
    left = [_mismatch(grown, bare, factor) for factor in (bare.factor(np.full((count, 1), 1.0 / count))[:, 0], 1.0)]
    return replace(bare, mismatch=left[0], unscaled=left[1])


def _mismatch(grown: Floats, found: Representatives, factor: Floats | float) -> float:
    """Largest relative difference of the mean wear at either wear, mean of the reference worlds."""
    by_day = grown.mean(axis=2)
    usual = by_day.mean(axis=0)
    met = np.einsum("kls,k->ls", by_day[list(found.chosen)], found.stands_for.mean(axis=1)) * factor
    counts = usual > LEAST_WEAR
    return float(np.abs(met[counts] / usual[counts] - 1.0).max(initial=0.0))


def duty(worlds: Worlds, days: LoggedDays, sample_s: float, found: Representatives) -> Duty:
    """How the plant is run from now on: each world draws the coming days from the log's days of their kind."""
    drawn = coming_days(days, worlds.count, worlds.seed)
    blocks = tuple(days.inputs[:, :, day] for day in found.chosen)
    return Duty(blocks, found.stands_for @ drawn, sample_s, found.factor(drawn))


def coming_days(days: LoggedDays, worlds: int, seed: int) -> Floats:
    """How often each day of the log is among those to come, shares [D, W]: working days for working days."""
    count = days.inputs.shape[2]
    drawn = np.zeros((count, worlds))
    pools = {kind: np.flatnonzero(days.works == kind) for kind in (True, False)}
    ahead = [pools[bool(kind)] if len(pools[bool(kind)]) else np.arange(count) for kind in days.coming_works]
    for world in range(worlds):
        for chance, pool in zip(streams.uniform(seed, world, "coming days", len(ahead)), ahead, strict=True):
            drawn[pool[min(int(chance * len(pool)), len(pool) - 1)], world] += 1.0 / len(ahead)
    return drawn


def _grown(worlds: Worlds, days: Floats, sample_s: float, worn: Floats) -> Floats:
    """Growth in each day at two wears in each reference world that lives through all, shape [D, 2, R, S]."""
    model, count = worlds.model, days.shape[2]
    references = min(REFERENCES, worlds.count)
    columns = np.tile(np.arange(references), 2 * count)
    inputs = np.repeat(days, 2 * references, axis=2)
    wear = np.concatenate([worlds.start[model.slow][:, :references], worn[:, :references]], axis=1)
    cycles = DutyCycles(model, one_block(inputs, sample_s), worlds.parameters[:, columns])
    found = cycles.run(np.arange(len(columns)), np.tile(wear, count), worlds.start[:, columns])
    shape = (count, 2, references)
    alive = found.alive.reshape(shape).all(axis=(0, 1))
    return np.asarray(found.grown[0].T.reshape(*shape, -1)[:, :, alive])


def _pick(scaled: Floats) -> tuple[NDArray[np.intp], Floats]:
    """Chosen days and the shares [k, D] in which they stand for every day; scaled [F, D] has rows of mean one."""
    count = scaled.shape[1]
    chosen: list[int] = []
    shares = np.ones((1, count))
    while len(chosen) < min(MOST_DAYS, count):
        trials = [(day, _shares(scaled, [*chosen, day])) for day in range(count) if day not in chosen]
        errors = [_misfit(scaled, [*chosen, day], trial) for day, trial in trials]
        day, shares = trials[int(np.argmin(errors))]
        chosen.append(day)
        if np.abs(scaled[:, chosen] @ shares.mean(axis=1) - 1.0).max(initial=0.0) <= TOLERANCE:
            break
    return np.array(chosen), shares


def _shares(scaled: Floats, chosen: list[int]) -> Floats:
    """The chosen days' part in every day, columns adding up to one."""
    basis = np.vstack([scaled[:, chosen], np.full(len(chosen), UNIT_WEIGHT)])
    targets = np.vstack([scaled, np.full(scaled.shape[1], UNIT_WEIGHT)])
    found = np.array([nnls(basis, target)[0] for target in targets.T]).T
    return np.asarray(found / found.sum(axis=0))


def _misfit(scaled: Floats, chosen: list[int], shares: Floats) -> float:
    """Of all days' wear and, as heavily as all days together, of its mean."""
    off = scaled[:, chosen] @ shares - scaled
    return float((off**2).sum() + scaled.shape[1] ** 2 * (off.mean(axis=1) ** 2).sum())
