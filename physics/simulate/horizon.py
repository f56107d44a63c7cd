"""Months of wear without simulating every day: rounds of duty give the rate of wear, macro steps span the days between.

Equations  dd/dt = R(d), predicted and corrected (`adams`) with a step size for each world; error of a step against what
           grows in it; R from rounds of duty (`duty_cycles`); d is held in them at a limit that it has reached
Symbols    d slow states (wear), R mean rate over a round, h macro step
Source     projective integration: Gear, Kevrekidis (2003), doi:10.1137/S1064827501388157
Assumes    wear moves little within one round; the days to come are drawn from the duty's blocks

R is never below zero and the curve between two points never falls, so wear heals by maintenance alone. What starts anew
(the beginning, a maintenance) first runs one round as it is: its start-up counts, and later rounds, whose middle
sees the wanted wear, do not begin below that of a new part.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from physics.simulate.adams import ORDERS, History
from physics.simulate.course import Control, Course, Limit, Logbook, Maintenance, check, outputs_of, slow_names
from physics.simulate.duty_cycles import Duty, DutyCycles, Growth
from physics.simulate.model import Floats, Model
from physics.simulate.rising import Rising

Indices = NDArray[np.intp]

SAFETY, SHRINK, GROW = 0.8, 0.2, 5.0
"""Usual bounds of step control: Hairer, Nørsett, Wanner (1993), section II.4."""
OVERSHOOT = 1.2
"""No step goes farther beyond the next limit than a fifth of the way: laws need not hold for worn-out parts."""
FIRST_SHARE = 0.25
"""The first step lets the fastest wear do a quarter of the way to its limit (of its nominal size without one)."""
CORRECTIONS = 2
"""Of the growth in a step by the rate that goes with it."""
LARGEST = 10.0
"""Between the growths or rates at both ends of a step."""
NEARER = 0.5
"""A step in which a world was lost is tried again half as far, until the loss is located to two rounds."""
SAME_TIME = 1e-9
"""Times of maintenance closer than this share of the horizon are one."""


def march(
    model: Model,
    duty: Duty,
    *,
    times_s: Sequence[float],
    parameters: Floats,
    start: Floats,
    limits: Sequence[Limit] = (),
    maintenance: Sequence[Maintenance] = (),
    control: Control | None = None,
    progress: Callable[[float], None] | None = None,
) -> Course:
    """Carry wear to the last of some times.

    Args:
        model: A compiled plant with slow states; it observes the outputs that limits name.
        duty: How it is run from now on.
        times_s: When wear is wanted, rising from zero or later.
        parameters: Shape [P, W].
        start: Shape [Z, W].
        limits: Of slow states (held there in the rounds once reached) or of outputs.
        maintenance: What resets wear.
        control: Tolerances.
        progress: Called with the share done after every round; what it raises ends the run.
    Raises: RolloutRefused, TooLarge.
    """
    check(model, times_s, limits, maintenance, parameters.shape[1])
    asked = control or Control()
    cycles = DutyCycles(model, duty, parameters, watched=outputs_of(model, limits), options=asked.options)
    walk = _March(cycles, start, limits, maintenance, asked, Logbook(model, times_s, limits, parameters.shape[1]))
    return walk.run(progress or (lambda share: None))


class _March:
    """The worlds on their way: each has its own time, wear, rate, fast states and step size."""

    def __init__(
        self, cycles: DutyCycles, start: Floats, limits: Sequence[Limit], maintenance: Sequence[Maintenance],
        control: Control, book: Logbook,
    ) -> None:  # fmt: skip
        self.cycles, self.maintenance, self.control, self.book = cycles, maintenance, control, book
        self.names = slow_names(cycles.model)
        slow, worlds = cycles.slow, start.shape[1]
        self.nominal = cycles.model.nominal[slow][:, None]
        self.state, self.wear = start.copy(), start[slow]
        self.ends = self._ends(limits)
        self.caps = np.full_like(self.wear, np.inf)
        self.floor = self.wear.copy()
        self.rate = np.zeros_like(self.wear)
        self.error = np.zeros_like(self.wear)
        self.grown = np.zeros((len(cycles.duty.blocks), *self.wear.shape))
        self.peaks = np.full((len(cycles.watched), worlds), np.nan)
        self.time_s, self.span = np.zeros(worlds), np.zeros(worlds)
        self.fresh, self.stale, self.open = (np.ones(worlds, np.bool_) for _ in range(3))
        self.trouble_s = np.full(worlds, np.inf)
        self.lost_s, self.simulated_s = np.full(worlds, np.nan), np.zeros(worlds)
        self.steps = np.zeros(worlds, np.int64)
        self.earlier, self.earlier_s = np.zeros((2, *self.wear.shape)), np.zeros((2, worlds))
        self.known = np.zeros(worlds, np.int64)
        self.unsettled = np.zeros(len(start))
        self.done: list[tuple[float, int, int]] = []
        self.end_s = float(book.times_s[-1])
        planned = [time for action in maintenance for time in action.at_s if time < self.end_s]
        self.stops = np.array(sorted({*planned, self.end_s}))

    def _ends(self, limits: Sequence[Limit]) -> Floats:
        """The lowest limit of each slow state, shape [S, W]."""
        ends = np.full_like(self.wear, np.inf)
        for limit in limits:
            if limit.path in self.names:
                row = self.names.index(limit.path)
                ends[row] = np.minimum(ends[row], limit.value)
        return ends

    def run(self, tell: Callable[[float], None]) -> Course:
        """Until every world is at the end or lost."""
        self.tell = tell
        self._service(np.flatnonzero(self.open), np.full(len(self.open), -np.inf))
        while self.open.any():
            for act, wanted in ((self._begin, self.fresh), (self._renew, self.stale & ~self.fresh)):
                worlds = np.flatnonzero(self.open & wanted)
                if worlds.size:
                    act(worlds)
            going = np.flatnonzero(self.open & ~self.fresh & ~self.stale)
            if going.size:
                self._step(going)
        return Course(
            self.book.times_s, self.book.wear, self.book.peaks, self.book.watched, self.book.reached_s, self.rate,
            self.error, tuple(sorted(self.done)), self.lost_s, self.steps, self.simulated_s, self.unsettled,
        )  # fmt: skip

    def _ask(
        self, worlds: Indices, wear: Floats, state: Floats, *, before: Floats | None = None, lead: bool = True
    ) -> Growth:
        """One round at a wear, held at its caps."""
        held = np.minimum(wear, self.caps[:, worlds])
        found = self.cycles.run(worlds, held, state, before=before, floor=self.floor[:, worlds], lead=lead)
        lengths = self.cycles.duty.lengths_s
        self.simulated_s[worlds] += lengths.sum() + (lengths[-1] if lead else 0.0)
        self.unsettled = np.maximum(self.unsettled, np.where(found.alive, found.unsettled, 0.0).max(axis=1))
        self.tell(float(np.where(self.open, self.time_s, self.end_s).mean() / self.end_s))
        return found

    def _keep(self, worlds: Indices, found: Growth, chosen: NDArray[np.bool_]) -> None:
        """The round that worlds, the chosen of it, stand on from now on."""
        self.rate[:, worlds], self.state[:, worlds] = found.rate[:, chosen], found.state[:, chosen]
        self.grown[:, :, worlds], self.peaks[:, worlds] = found.grown[:, :, chosen], found.peaks[:, chosen]

    def _begin(self, worlds: Indices) -> None:
        """The first round, as it is."""
        self.floor[:, worlds] = self.wear[:, worlds]
        found = self._ask(worlds, self.wear[:, worlds], self.state[:, worlds], lead=False)
        self._lose(worlds[~found.alive])
        worlds = worlds[found.alive]
        self._keep(worlds, found, found.alive)
        new = worlds[self.time_s[worlds] == 0.0]
        self.book.open(new, self.wear[:, new], self.peaks[:, new])
        end_s = np.minimum(self.time_s + self.cycles.round_s, self._stop_s())[worlds]
        span, rate = end_s - self.time_s[worlds], self.rate[:, worlds]
        self.fresh[worlds], self.stale[worlds] = False, True
        curve = Rising(span, self.wear[:, worlds], self.wear[:, worlds] + span * rate, rate, rate)
        self._pass(worlds, end_s, curve, self.peaks[:, worlds])

    def _renew(self, worlds: Indices) -> None:
        """The rate after the first round, where each block's middle sees the same wear."""
        grown = self.grown[:, :, worlds]
        found = self._ask(worlds, self.wear[:, worlds], self.state[:, worlds], before=grown, lead=False)
        self._lose(worlds[~found.alive])
        worlds = worlds[found.alive]
        self._keep(worlds, found, found.alive)
        self.stale[worlds], self.known[worlds], self.trouble_s[worlds] = False, 0, np.inf
        self.span[worlds] = FIRST_SHARE * self._left_s(worlds)

    def _left_s(self, worlds: Indices) -> Floats:
        """Until the fastest wear is at its limit at its present rate, shape [n]; the horizon at most."""
        ahead = np.where(np.isfinite(self.ends), self.ends - self.wear, self.nominal)[:, worlds]
        rate = self.rate[:, worlds]
        moves = (rate > 0) & np.isinf(self.caps[:, worlds])
        return np.asarray((ahead / np.maximum(rate, 1e-300)).min(axis=0, initial=self.end_s, where=moves))

    def _step(self, worlds: Indices) -> None:
        """One macro step, taken where it is accurate enough."""
        h, end_s = self._spans(worlds)
        wear, peaks = self.wear[:, worlds], self.peaks[:, worlds]
        past = History(
            self.rate[:, worlds], self.earlier[:, :, worlds], self.time_s[worlds] - self.earlier_s[:, worlds],
            self.known[worlds],
        )  # fmt: skip
        guess = past.predicted(h)
        grown = self.grown[:, :, worlds] * _over(past.rate_after(h), past.rate, 1.0)
        found = self._ask(worlds, wear + guess, self.state[:, worlds], before=grown)
        ahead = found.rate
        for _ in range(CORRECTIONS):
            grown = past.corrected(h, ahead)
            # The rate was seen at the guess: it follows the correction along the secant.
            ahead = np.maximum(found.rate + (found.rate - past.rate) * _over(grown - guess, guess, 0.0), 0.0)
        error = past.error(h, guess, grown)
        ratio = self._ratio(worlds, error, grown)
        shortest = h <= self.cycles.round_s[worlds] * (1 + SAME_TIME)
        taken = found.alive & ((ratio <= 1.0) | shortest)
        factor = np.clip(SAFETY * np.maximum(ratio, 1e-300) ** (-1 / ORDERS[past.known]), SHRINK, GROW)
        # A step cut short by a limit or a date does not make the next one short.
        wider = np.maximum(h * factor, np.where(factor >= 1.0, self.span[worlds], 0.0))
        self.span[worlds] = np.where(found.alive, wider, self.span[worlds])
        self.trouble_s[worlds] = np.where(found.alive, self.trouble_s[worlds], end_s)
        self._lose(worlds[~found.alive & shortest])
        own = np.flatnonzero(taken)
        worlds = worlds[own]
        self._remember(worlds)
        self._keep(worlds, replace(found, rate=ahead), taken)
        self.error[:, worlds] += error[:, own]
        self.steps[worlds] += 1
        curve = Rising(h[own], wear[:, own], (wear + grown)[:, own], past.rate[:, own], ahead[:, own])
        self._pass(worlds, end_s[own], curve, peaks[:, own])

    def _remember(self, worlds: Indices) -> None:
        """The rate that a step began with is an earlier one from now on."""
        self.earlier[1][:, worlds], self.earlier[0][:, worlds] = self.earlier[0][:, worlds], self.rate[:, worlds]
        self.earlier_s[1][worlds], self.earlier_s[0][worlds] = self.earlier_s[0][worlds], self.time_s[worlds]
        self.known[worlds] = np.minimum(self.known[worlds] + 1, 2)

    def _ratio(self, worlds: Indices, error: Floats, growth: Floats) -> Floats:
        """Largest error over what is allowed; states that have failed are no longer looked at."""
        allowed = self.control.rtol * np.maximum(growth, self.control.atol * self.nominal)
        going = np.isinf(self.caps[:, worlds])
        return np.asarray(np.where(going, error / allowed, 0.0).max(axis=0))

    def _stop_s(self) -> Floats:
        """The next time at which something is planned, shape [W]."""
        after = np.searchsorted(self.stops, self.time_s + SAME_TIME * self.end_s, side="right")
        return np.asarray(self.stops[np.minimum(after, len(self.stops) - 1)])

    def _spans(self, worlds: Indices) -> tuple[Floats, Floats]:
        """Length and end of the next step; what is left is halved rather than leaving a crumb."""
        stop_s, time_s = self._stop_s()[worlds], self.time_s[worlds]
        left = stop_s - time_s
        wanted = np.minimum(self.span[worlds], self.control.max_step_s)
        wanted = np.minimum(wanted, NEARER * (self.trouble_s[worlds] - time_s))
        wanted = np.maximum(np.minimum(wanted, OVERSHOOT * self._left_s(worlds)), self.cycles.round_s[worlds])
        h = np.where(wanted >= left, left, np.where(2 * wanted > left, left / 2, wanted))
        return h, np.where(wanted >= left, stop_s, time_s + h)

    def _pass(self, worlds: Indices, end_s: Floats, curve: Rising, peaks: Floats) -> None:
        """Move on along a curve, to its end or to the first failure or maintenance on the way."""
        ahead = np.where(np.isinf(self.caps), self.ends, np.inf)[:, worlds]
        until = np.minimum(curve.reaches(ahead).min(axis=0), 1.0)
        for action in self.maintenance:
            if action.when is not None:
                level = action.when[1][worlds][None]
                until = np.minimum(until, curve.row(self.names.index(action.when[0])).reaches(level)[0])
        begin_s = self.time_s[worlds]
        self.book.passes(worlds, begin_s, until, curve, (peaks, self.peaks[:, worlds]))
        self.wear[:, worlds] = np.where(until < 1.0, curve.at(until), curve.last)
        self.rate[:, worlds] = np.where(until < 1.0, curve.slope(until), self.rate[:, worlds])
        self.time_s[worlds] = np.where(until < 1.0, begin_s + until * curve.span, end_s)
        self._service(worlds, begin_s)
        self.open[worlds] = self.time_s[worlds] < self.end_s

    def _service(self, worlds: Indices, before_s: Floats) -> None:
        """Do the maintenance that is due since a time, a world that got some starts anew; hold parts that failed."""
        near = SAME_TIME * self.end_s
        for index, action in enumerate(self.maintenance):
            time_s = self.time_s[worlds]
            due = np.zeros(len(worlds), np.bool_)
            for planned in action.at_s:
                due |= (np.abs(time_s - planned) <= near) & (before_s < planned - near)
            if action.when is not None:
                row = self.names.index(action.when[0])
                due |= self.wear[row, worlds] >= action.when[1][worlds] * (1 - SAME_TIME)
            self.done += [(float(self.time_s[world]), int(world), index) for world in worlds[due]]
            for name, value in action.to.items():
                row = self.names.index(name)
                self.wear[row, worlds[due]] = value
                self.caps[row, worlds[due]] = np.inf
            self.fresh[worlds[due]] = True
        failed = (self.wear >= self.ends * (1 - SAME_TIME)) & np.isinf(self.caps) & np.isfinite(self.ends)
        self.caps = np.where(failed, np.maximum(self.wear, self.ends), self.caps)
        # What was smooth has a corner here: earlier rates say nothing of what follows.
        self.known[failed.any(axis=0)] = 0

    def _lose(self, worlds: Indices) -> None:
        self.lost_s[worlds] = self.time_s[worlds]
        self.open[worlds] = False
        self.rate[:, worlds] = np.nan
        self.book.lose(worlds)


def _over(above: Floats, below: Floats, otherwise: float) -> Floats:
    """A quotient of rates or growths, within bounds that a step which is taken never meets."""
    found = np.divide(above, below, out=np.full_like(below, otherwise), where=below > 0)
    return np.asarray(np.clip(found, -LARGEST, LARGEST))
