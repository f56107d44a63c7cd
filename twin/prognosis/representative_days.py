"""Finds the few days of a log that together wear the plant as all of its days do.

Each day of the log is run at the present wear and half-way to the limits, in a few worlds. Chosen days stand for every
day in shares; what the shares still miss of the mean wear is a factor on each state. Days are taken in one by one, then
swapped as long as that helps, so that one factor serves at both wears: mean wear is met, not mean load, since wear is
not proportional to load.

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
CLOSE_DAYS = 0.1
"""Root mean square of what the shares miss of a day's wear, over the mean, up to which no further day is taken in."""
MISFIT_WEIGHT = 0.02
"""Of that beside the mismatch of the mean: days that look like the log's come first among equals."""
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
    return _Trials(grown / worlds.model.nominal[slow]).best() if grown.size else alone


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


class _Trials:
    """Sets of days that might stand for all, judged by growth [D, 2, R, S] over the states' nominal size."""

    def __init__(self, grown: Floats) -> None:
        self.count = len(grown)
        self.by_wear = grown.mean(axis=2)
        features = grown.reshape(self.count, -1).T
        usual = features.mean(axis=1, keepdims=True)
        self.scaled = (features / np.maximum(usual, 1e-300))[usual[:, 0] > LEAST_WEAR]

    def best(self) -> Representatives:
        """The set that one day more or another instead would not better."""
        chosen: tuple[int, ...] = ()
        while True:
            chosen = self._better([(*chosen, day) for day in range(self.count) if day not in chosen])
            found, misfit = self._try(chosen)
            enough = found.mismatch <= TOLERANCE and misfit <= CLOSE_DAYS
            if enough or len(chosen) == min(MOST_DAYS, self.count):
                break
        swapped = self._swap(chosen)
        while swapped != chosen:
            chosen, swapped = swapped, self._swap(swapped)
        # Days are listed newest first; they are run in the order of time.
        return self._try(tuple(sorted(chosen, reverse=True)))[0]

    def _swap(self, chosen: tuple[int, ...]) -> tuple[int, ...]:
        """The best set that differs in at most one day."""
        others = [day for day in range(self.count) if day not in chosen]
        swaps = [(*chosen[:k], day, *chosen[k + 1 :]) for k in range(len(chosen)) for day in others]
        return self._better([chosen, *swaps])

    def _better(self, sets: list[tuple[int, ...]]) -> tuple[int, ...]:
        def score(chosen: tuple[int, ...]) -> float:
            found, misfit = self._try(chosen)
            return found.mismatch + MISFIT_WEIGHT * misfit

        return min(sets, key=score)

    def _try(self, chosen: tuple[int, ...]) -> tuple[Representatives, float]:
        """What some days would do, and the root mean square of what they miss of each day."""
        shares = self._shares(list(chosen))
        misfit = float(np.sqrt(np.mean((self.scaled[:, list(chosen)] @ shares - self.scaled) ** 2)))
        bare = Representatives(chosen, shares, self.by_wear.mean(axis=1).T.copy(), 0.0, 0.0)
        factor = bare.factor(np.full((self.count, 1), 1.0 / self.count))[:, 0]
        return replace(bare, mismatch=self._mismatch(bare, factor), unscaled=self._mismatch(bare, 1.0)), misfit

    def _mismatch(self, found: Representatives, factor: Floats | float) -> float:
        """Largest relative difference of the mean wear at either wear."""
        usual = self.by_wear.mean(axis=0)
        met = np.einsum("kls,k->ls", self.by_wear[list(found.chosen)], found.stands_for.mean(axis=1)) * factor
        counts = usual > LEAST_WEAR
        return float(np.abs(met[counts] / usual[counts] - 1.0).max(initial=0.0))

    def _shares(self, chosen: list[int]) -> Floats:
        """The chosen days' part in every day [k, D], columns adding up to one."""
        basis = np.vstack([self.scaled[:, chosen], np.full(len(chosen), UNIT_WEIGHT)])
        targets = np.vstack([self.scaled, np.full(self.count, UNIT_WEIGHT)])
        found = np.array([nnls(basis, target)[0] for target in targets.T]).T
        return np.asarray(found / found.sum(axis=0))
