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

from physics.simulate.adams import ORDERS
from physics.simulate.course import Control, Course, Limit, Logbook, Maintenance, check, outputs_of
from physics.simulate.duty_cycles import Duty, DutyCycles, Growth
from physics.simulate.model import Floats, Model
from physics.simulate.rising import Rising
from physics.simulate.wearing_worlds import SAME_TIME, Indices, WearingWorlds

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
        model: A compiled plant that observes the outputs that limits name; without slow states its days are all alike.
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
    worlds = WearingWorlds(cycles, start, limits, maintenance, float(times_s[-1]))
    book = Logbook(model, times_s, limits, parameters.shape[1])
    return _March(cycles, worlds, book, asked, progress or (lambda share: None)).run()


class _March:
    """Takes all worlds to the end, each by steps of its own."""

    def __init__(
        self, cycles: DutyCycles, at: WearingWorlds, book: Logbook, control: Control, tell: Callable[[float], None]
    ) -> None:
        self.cycles, self.at, self.book, self.control, self.tell = cycles, at, book, control, tell
        self.simulated_s, self.unsettled = np.zeros(len(at.time_s)), np.zeros(len(at.state))

    def run(self) -> Course:
        """Until every world is at the end or lost."""
        at, book = self.at, self.book
        while at.open.any():
            for act, wanted in ((self._begin, at.fresh), (self._renew, at.stale & ~at.fresh)):
                worlds = np.flatnonzero(at.open & wanted)
                if worlds.size:
                    act(worlds)
            going = np.flatnonzero(at.open & ~at.fresh & ~at.stale)
            if going.size:
                self._step(going)
        return Course(
            book.times_s, book.wear, book.peaks, book.watched, book.reached_s, at.rate, at.error,
            tuple(sorted(at.done)), at.lost_s, at.steps, self.simulated_s, self.unsettled,
        )  # fmt: skip

    def _ask(self, worlds: Indices, wear: Floats, *, before: Floats | None = None, lead: bool = True) -> Growth:
        """One round at a wear, held at its caps."""
        at, lengths = self.at, self.cycles.duty.lengths_s
        held = np.minimum(wear, at.caps[:, worlds])
        found = self.cycles.run(worlds, held, at.state[:, worlds], before=before, floor=at.floor[:, worlds], lead=lead)
        self.simulated_s[worlds] += lengths.sum() + (lengths[-1] if lead else 0.0)
        self.unsettled = np.maximum(self.unsettled, np.where(found.alive, found.unsettled, 0.0).max(axis=1))
        self.tell(float(np.where(at.open, at.time_s, at.end_s).mean() / at.end_s))
        return found

    def _round_here(self, worlds: Indices, before: Floats | None) -> Indices:
        """Let worlds stand on a round where they are; returns those that live through it."""
        found = self._ask(worlds, self.at.wear[:, worlds], before=before, lead=False)
        self._lose(worlds[~found.alive])
        self.at.stand_on(worlds[found.alive], found, found.alive)
        return worlds[found.alive]

    def _begin(self, worlds: Indices) -> None:
        """The first round, as it is."""
        at = self.at
        at.begin(worlds)
        worlds = self._round_here(worlds, None)
        new = worlds[at.time_s[worlds] == 0.0]
        self.book.open(new, at.wear[:, new], at.peaks[:, new])
        end_s = np.minimum(at.time_s[worlds] + self.cycles.round_s[worlds], at.stop_s(worlds))
        span, wear, rate = end_s - at.time_s[worlds], at.wear[:, worlds], at.rate[:, worlds]
        self._pass(worlds, end_s, Rising(span, wear, wear + span * rate, rate, rate), at.peaks[:, worlds])

    def _renew(self, worlds: Indices) -> None:
        """The rate after the first round, where each block's middle sees the same wear."""
        worlds = self._round_here(worlds, self.at.grown[:, :, worlds])
        self.at.stale[worlds] = False
        self.at.span[worlds] = FIRST_SHARE * self.at.left_s(worlds)

    def _step(self, worlds: Indices) -> None:
        """One macro step, taken where it is accurate enough."""
        at, past = self.at, self.at.history(worlds)
        h, end_s = self._spans(worlds)
        wear, peaks, guess = at.wear[:, worlds], at.peaks[:, worlds], past.predicted(h)
        before = at.grown[:, :, worlds] * _over(past.rate_after(h), past.rate, 1.0)
        found = self._ask(worlds, wear + guess, before=before)
        ahead = found.rate
        for _ in range(CORRECTIONS):
            grown = past.corrected(h, ahead)
            # The rate was seen at the guess: it follows the correction along the secant.
            ahead = np.maximum(found.rate + (found.rate - past.rate) * _over(grown - guess, guess, 0.0), 0.0)
        error = past.error(h, guess, grown)
        taken = self._judge(worlds, found, h, end_s, self._ratio(worlds, error, grown))
        own = np.flatnonzero(taken)
        worlds = worlds[own]
        at.remember(worlds)
        at.stand_on(worlds, replace(found, rate=ahead), taken)
        at.error[:, worlds] += error[:, own]
        at.steps[worlds] += 1
        curve = Rising(h[own], wear[:, own], (wear + grown)[:, own], past.rate[:, own], ahead[:, own])
        self._pass(worlds, end_s[own], curve, peaks[:, own])

    def _judge(self, worlds: Indices, found: Growth, h: Floats, end_s: Floats, ratio: Floats) -> NDArray[np.bool_]:
        """Which worlds take the step; sets the next one's length and gives up those that cannot go on, shape [n]."""
        at = self.at
        shortest = h <= self.cycles.round_s[worlds] * (1 + SAME_TIME)
        order = ORDERS[at.history(worlds).known]
        factor = np.clip(SAFETY * np.maximum(ratio, 1e-300) ** (-1 / order), SHRINK, GROW)
        # A step cut short by a limit or a date does not make the next one short.
        wider = np.maximum(h * factor, np.where(factor >= 1.0, at.span[worlds], 0.0))
        at.span[worlds] = np.where(found.alive, wider, at.span[worlds])
        at.trouble_s[worlds] = np.where(found.alive, at.trouble_s[worlds], end_s)
        self._lose(worlds[~found.alive & shortest])
        return np.asarray(found.alive & ((ratio <= 1.0) | shortest))

    def _ratio(self, worlds: Indices, error: Floats, growth: Floats) -> Floats:
        """Largest error over what is allowed; states that have failed are no longer looked at."""
        allowed = self.control.rtol * np.maximum(growth, self.control.atol * self.at.nominal)
        going = np.isinf(self.at.caps[:, worlds])
        return np.asarray(np.where(going, error / allowed, 0.0).max(axis=0, initial=0.0))

    def _spans(self, worlds: Indices) -> tuple[Floats, Floats]:
        """Length and end of the next step; what is left is halved rather than leaving a crumb."""
        at, stop_s, time_s = self.at, self.at.stop_s(worlds), self.at.time_s[worlds]
        left = stop_s - time_s
        wanted = np.minimum(at.span[worlds], self.control.max_step_s)
        trouble_s = at.trouble_s[worlds]
        wanted = np.minimum(wanted, np.where(trouble_s > time_s, NEARER * (trouble_s - time_s), np.inf))
        wanted = np.maximum(np.minimum(wanted, OVERSHOOT * at.left_s(worlds)), self.cycles.round_s[worlds])
        h = np.where(wanted >= left, left, np.where(2 * wanted > left, left / 2, wanted))
        return h, np.where(wanted >= left, stop_s, time_s + h)

    def _pass(self, worlds: Indices, end_s: Floats, curve: Rising, peaks: Floats) -> None:
        """Move on along a curve, to its end or to the first failure or maintenance on the way, and write it down."""
        until = self.at.until(worlds, curve)
        self.book.passes(worlds, self.at.time_s[worlds], until, curve, (peaks, self.at.peaks[:, worlds]))
        self.at.move(worlds, curve, until, end_s)

    def _lose(self, worlds: Indices) -> None:
        self.at.lose(worlds)
        self.book.lose(worlds)


def _over(above: Floats, below: Floats, otherwise: float) -> Floats:
    """A quotient of rates or growths, within bounds that a step which is taken never meets."""
    found = np.divide(above, below, out=np.full_like(below, otherwise), where=below > 0)
    return np.asarray(np.clip(found, -LARGEST, LARGEST))
