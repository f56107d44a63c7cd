"""Follows a small plant up to second moments: worlds at the points that a Gaussian's mean and covariance ask for.

Equations  x± = m ± √N L eᵢ, all 2N weighing alike,  P = L Lᵀ;  m' = mean f(x),  P' = cov f(x) + Q,  h likewise
           y = h(x) + Σ b + v;  whatever else is known jointly (b, past states) moves by its regression on x
           one tag after the other: m += k (reading − ȳ),  P −= k kᵀ s,  k = P_y / s,  s = P_yy + r
           ν' S⁻¹ ν of n tags is n on average; beyond what chance allows P grows by λ D until it is n
Symbols    x N corrected numbers, f and h a chunk of the engine, b disturbances, v white noise of variance r, Q drift of
           a chunk, D that of the dynamic states in a year, ν innovations with covariance S
Source     points: Julier, Uhlmann (2004), doi:10.1109/JPROC.2003.823141, κ = 0: Arasaratnam, Haykin (2009),
           doi:10.1109/TAC.2009.2019800; λ by the innovations: Jazwinski (1969), doi:10.1016/0005-1098(69)90109-5
Assumes    errors about Gaussian; worlds alike but for the corrected numbers. Nothing is drawn while filtering, and no
           chance correlation arises: with few numbers it takes fewer worlds than an ensemble and knows more
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import stats
from scipy.linalg import solve_triangular
from scipy.optimize import brentq

from physics.simulate.rollout import rollout
from twin.estimation.belief import Belief
from twin.estimation.follow import Followed, Step, chunk_mean
from twin.prediction.worlds import Worlds

Floats = NDArray[np.float64]

LARGEST = 12
"""So many numbers are followed this way where nobody says how: by 24 worlds, points 3.5 deviations from the mean.
With 57 numbers they stand 7.5 away, where a plant may not live. Over 30 starts (demo plant, physics alone) they err as
the ensemble does where no point diverged (19 starts: by -2 % +- 2 now, by -0.4 % +- 0.3 in twelve hours), by 15 % +- 2
more in twelve hours where one did (10), and one start was lost. Points at √3 deviations, with differences of the first
or second order, lost four and three of the nine hardest (docs/nights.md)."""
INCONSISTENT = 0.999
"""Share of chunks whose innovations are smaller where all is as believed."""
YEAR_HOURS = 8766.0
WIDEST = 10.0
"""Of the year's drift: nothing grows in one chunk by more than a temperature by 90 K or a level by 0.3 m."""
SMALLEST_SD = 1e-6
"""Of a number's usual size: points never fall together."""


@dataclass(frozen=True)
class Standing:
    """What is believed after `chunk` chunks; odd, whether the last innovations were; replaced, points that diverged."""

    chunk: int
    belief: Belief
    odd: bool = True
    replaced: int = 0


@dataclass(frozen=True)
class Images:
    """Where a chunk takes the points: mean and cross covariances of numbers now, then and read.

    Attributes: ended [N] and read [S], means; spread [N + S, N + S], their covariance; slope [N, N + S], their
    regression on the numbers before; dead, points that diverged, told, whether any did not.
    """

    ended: Floats
    read: Floats
    spread: Floats
    slope: Floats
    dead: int
    told: bool


def alike(worlds: Worlds) -> bool:
    """Whether the worlds differ in nothing that cannot be corrected: not by members of a residual."""
    fixed = ~np.isin(worlds.model.parameter_names, worlds.names)
    return bool((worlds.parameters[fixed] == worlds.parameters[fixed][:, :1]).all())


class Points:
    """The filter as `follow` takes it: N numbers, J S disturbances and the asked numbers of the past.

    The worlds' mean and spread are what is believed at first, see `alike`; those that come back are drawn from what is
    known at the end.
    """

    def __init__(self, worlds: Worlds, step: Step, smooth: Sequence[str]) -> None:
        self.worlds, self.step, self.smooth = worlds, step, tuple(smooth)
        self.count, self.parts = step.vector.size, step.wander.size
        self.asked = np.array([step.vector.names.index(name) for name in smooth], np.intp)
        self.sums = np.tile(np.eye(step.wander.shape[1]), len(step.wander))
        spread = step.vector.of(worlds).std(axis=1)
        usual = np.where(spread > 0, spread, np.maximum(np.abs(step.vector.of(worlds)[:, 0]), 1.0))
        self.size = np.where(step.vector.nominal > 0, step.vector.nominal, usual)
        self.keep = step.keep.ravel()

    def first(self) -> Standing:
        """The worlds' own mean and covariance, and disturbances of which nothing is known yet."""
        numbers = self.step.vector.of(self.worlds)
        mean, covariance = np.zeros(self.count + self.parts), np.zeros((self.count + self.parts,) * 2)
        mean[: self.count] = numbers.mean(axis=1)
        covariance[: self.count, : self.count] = np.cov(numbers).reshape(self.count, self.count)
        covariance[self.count :, self.count :] = np.diag(self.step.wander.ravel() ** 2)
        return Standing(0, Belief(mean, covariance).wider((SMALLEST_SD * self.size) ** 2))

    def __call__(self, at: Standing, inputs: Floats, measured: Floats) -> tuple[Standing, Floats]:
        """One chunk on: what is known then and the innovations [S].

        Innovations that are odd twice in a row, or at once at the beginning, are taken for ignorance of the numbers; if
        they are odd once only, for outliers.
        """
        belief, images = at.belief, self._images(at.belief, inputs, measured)
        found, wide = self._forecast(belief, images), 0.0
        reading, _none, samples = chunk_mean(measured, np.zeros((*measured.shape, 0)))
        reading = reading if images.told else np.full_like(reading, np.nan)
        noise = self.step.disturbance.noise_sd**2 / np.maximum(samples, 1)
        seen = np.flatnonzero(np.isfinite(reading))
        first = len(found.mean) - len(reading)
        surprise = (reading - found.mean[first:]) / np.sqrt(np.diag(found.covariance)[first:] + noise)
        strange = self._normed(found, reading, noise, seen) > stats.chi2.ppf(INCONSISTENT, max(len(seen), 1))
        if strange and at.odd:
            wide = self._widened(belief, images, reading, noise, seen)
        if wide > 0.0:
            wider = belief.wider(wide * self._year())
            beyond = self._images(wider, inputs, measured)
            if beyond.told:
                belief, images, found = wider, beyond, self._forecast(wider, beyond)
        for tag in seen:
            found = found.learned(int(first + tag), float(reading[tag]), float(noise[tag]))
        known = found.only(np.arange(first))
        return Standing(at.chunk + 1, known, bool(strange), at.replaced + images.dead), surprise

    def _points(self, belief: Belief) -> tuple[Floats, Floats]:
        """Points [N, 2 N] and the root [N, N] that they stand on."""
        root = belief.only(np.arange(self.count)).root((SMALLEST_SD * self.size) ** 2)
        step = np.sqrt(self.count) * root
        return belief.mean[: self.count, None] + np.hstack([step, -step]), root

    def _images(self, belief: Belief, inputs: Floats, measured: Floats) -> Images:
        points, root = self._points(belief)
        worlds = self._placed(points)
        run = rollout(
            worlds.model, inputs=inputs, sample_s=self.step.sample_s, parameters=worlds.parameters, start=worlds.start
        )
        ended = self.step.vector.of(replace(worlds, start=run.final))
        read = chunk_mean(measured, run.outputs[:, self.step.columns])[1]
        alive = run.status == 0
        dead, told, images = int((~alive).sum()), bool(alive.any()), np.vstack([ended, read])
        if not told:  # by an input that is out of all reason: nothing moves, and no reading is believed
            images, alive = np.vstack([points, np.zeros_like(read)]), ~alive
        partner = np.roll(np.arange(2 * self.count), self.count)
        middle = images[:, alive].mean(axis=1, keepdims=True)
        images = np.where(alive, images, np.where(alive[partner], 2.0 * middle - images[:, partner], middle))
        mean = images.mean(axis=1)
        away = images - mean[:, None]
        plus, minus = np.split(images, 2, axis=1)
        slope = solve_triangular(root.T, (plus - minus).T / (2.0 * np.sqrt(self.count)), lower=False)
        spread = away @ away.T / images.shape[1]
        return Images(mean[: self.count], mean[self.count :], spread, slope, dead, told)

    def _placed(self, numbers: Floats) -> Worlds:
        """As many worlds as columns, alike but for the numbers [N, W]."""
        first = np.zeros(numbers.shape[1], np.intp)
        return self.step.vector.put(self.worlds.only(first), numbers)

    def _forecast(self, belief: Belief, images: Images) -> Belief:
        """What is believed at the chunk's end, the asked numbers of then and the readings as further rows."""
        n, parts, rows = self.count, self.parts, len(belief.mean)
        onward = np.zeros((rows + len(images.read), rows))  # each row by its regression on the rows before
        onward[:n, :n] = images.slope[:, :n].T
        onward[n : n + parts, n : n + parts] = np.diag(self.keep)
        onward[n + parts : rows, n + parts :] = np.eye(rows - n - parts)
        onward[rows:, :n] = images.slope[:, n:].T
        onward[rows:, n : n + parts] = self.sums * self.keep
        covariance = onward @ belief.covariance @ onward.T
        own = np.r_[:n, rows : rows + len(images.read)]
        explained = onward[np.ix_(own, np.arange(n))]
        curved = images.spread - explained @ belief.covariance[:n, :n] @ explained.T
        covariance[np.ix_(own, own)] += curved
        covariance[np.arange(n), np.arange(n)] += self.step.drift**2
        fresh = (1.0 - self.step.keep.ravel() ** 2) * self.step.wander.ravel() ** 2
        covariance[n : n + parts, n : n + parts] += np.diag(fresh)
        covariance[rows:, n : n + parts] += self.sums * fresh
        covariance[n : n + parts, rows:] += (self.sums * fresh).T
        covariance[rows:, rows:] += (self.sums * fresh) @ self.sums.T
        beside = self.keep * belief.mean[n : n + parts]
        mean = np.concatenate([images.ended, beside, belief.mean[n + parts :], images.read + self.sums @ beside])
        order = np.concatenate([np.arange(n + parts), self.asked, np.arange(n + parts, len(mean))]).astype(np.intp)
        return Belief(mean, covariance).only(order)

    def _normed(self, found: Belief, reading: Floats, noise: Floats, seen: NDArray[np.intp]) -> float:
        """The innovations' square over their covariance, n on average."""
        first = len(found.mean) - len(reading)
        rows = first + seen
        off = reading[seen] - found.mean[rows]
        return float(off @ np.linalg.solve(found.covariance[np.ix_(rows, rows)] + np.diag(noise[seen]), off))

    def _year(self) -> Floats:
        """Variance by which the dynamic states drift in a year; wear and parameters are believed."""
        return np.asarray(np.where(self.step.vector.slow, 0.0, self.step.drift**2) * YEAR_HOURS / self.step.hours)

    def _widened(self, belief: Belief, images: Images, reading: Floats, noise: Floats, seen: NDArray[np.intp]) -> float:
        """How many times the year's drift makes the innovations usual."""

        def excess(log_times: float) -> float:
            found = self._forecast(belief.wider(np.exp(log_times) * self._year()), images)
            return self._normed(found, reading, noise, seen) - len(seen)

        least, most = np.log(1e-12), np.log(WIDEST)
        if excess(most) > 0.0:
            return WIDEST
        return float(np.exp(brentq(excess, least, most, xtol=0.01))) if excess(least) > 0.0 else 0.0

    def followed(self, at: Standing, innovations: Floats) -> Followed:
        """Worlds drawn from what is known at the end, each number with its very mean and spread."""
        drawn = at.belief.drawn(self.worlds.count, self.worlds.seed)
        numbers, beside, past = np.split(drawn, np.cumsum([self.count, self.parts]))
        course = past.reshape(-1, len(self.asked), drawn.shape[1])[::-1] if len(self.asked) else None
        end = self.step.vector.put(self._placed(np.repeat(numbers[:, :1], drawn.shape[1], axis=1)), numbers)
        bias = beside.reshape(*self.step.wander.shape, -1)
        return Followed(end, bias, innovations, at.replaced, self.smooth, course)
