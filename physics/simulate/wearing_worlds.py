"""Where each world of a long horizon is: its time, wear, rates, fast states, what has failed and what was mended."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from physics.simulate.adams import History
from physics.simulate.course import Limit, Maintenance, slow_names
from physics.simulate.duty_cycles import DutyCycles, Growth
from physics.simulate.model import Floats
from physics.simulate.rising import Rising

Indices = NDArray[np.intp]

SAME_TIME = 1e-9
"""Times closer than this share of the horizon are one; wear closer than this share to a level has reached it."""


class WearingWorlds:
    """W worlds on their way.

    Attributes: time_s [W]; wear, rate and error [S, W]; state [Z, W], the fast ones of the last round, its grown
    [D, S, W] and peaks [M, W]; span [W], the step that each would like next; floor [S, W], wear where a world started
    anew; ends [S, W], the lowest limit of each wear; caps [S, W], where a failed part is held, infinity for the others;
    fresh, stale, open [W]: to be started anew, without a rate, not yet at the end; trouble_s [W], a time at which a
    world was lost when it was tried; lost_s [W]; done, maintenance as (time, world, index).
    """

    def __init__(
        self, cycles: DutyCycles, start: Floats, limits: Sequence[Limit], maintenance: Sequence[Maintenance],
        end_s: float,
    ) -> None:  # fmt: skip
        """Worlds at time zero."""
        self.names, self.maintenance, self.end_s = slow_names(cycles.model), maintenance, end_s
        self.nominal = cycles.model.nominal[cycles.slow][:, None]
        worlds = start.shape[1]
        self.state, self.wear = start.copy(), start[cycles.slow]
        self.rate, self.error, self.floor = np.zeros_like(self.wear), np.zeros_like(self.wear), self.wear.copy()
        self.grown = np.zeros((len(cycles.duty.blocks), *self.wear.shape))
        self.peaks = np.full((len(cycles.watched), worlds), np.nan)
        self.time_s, self.span = np.zeros(worlds), np.zeros(worlds)
        self.ends, self.caps = self._ends(limits), np.full_like(self.wear, np.inf)
        self.fresh, self.stale, self.open = (np.ones(worlds, np.bool_) for _ in range(3))
        self.trouble_s, self.lost_s = np.full(worlds, np.inf), np.full(worlds, np.nan)
        self.steps = np.zeros(worlds, np.int64)
        self.done: list[tuple[float, int, int]] = []
        self._earlier, self._earlier_s = np.zeros((2, *self.wear.shape)), np.zeros((2, worlds))
        self._known = np.zeros(worlds, np.int64)
        planned = [time for action in maintenance for time in action.at_s if time < end_s]
        self._stops = np.array(sorted({*planned, end_s}))
        self.serve(np.arange(worlds), np.full(worlds, -np.inf))

    def _ends(self, limits: Sequence[Limit]) -> Floats:
        ends = np.full_like(self.wear, np.inf)
        for limit in limits:
            if limit.path in self.names:
                row = self.names.index(limit.path)
                ends[row] = np.minimum(ends[row], limit.value)
        return ends

    def stand_on(self, worlds: Indices, found: Growth, chosen: NDArray[np.bool_]) -> None:
        """Take the chosen of a round's worlds for what the given ones are from now on."""
        self.rate[:, worlds], self.state[:, worlds] = found.rate[:, chosen], found.state[:, chosen]
        self.grown[:, :, worlds], self.peaks[:, worlds] = found.grown[:, :, chosen], found.peaks[:, chosen]

    def history(self, worlds: Indices) -> History:
        """Rates now and before."""
        ago_s = self.time_s[worlds] - self._earlier_s[:, worlds]
        return History(self.rate[:, worlds], self._earlier[:, :, worlds], ago_s, self._known[worlds])

    def remember(self, worlds: Indices) -> None:
        """The rate that a step began with is an earlier one from now on."""
        self._earlier[1][:, worlds], self._earlier[0][:, worlds] = self._earlier[0][:, worlds], self.rate[:, worlds]
        self._earlier_s[1][worlds], self._earlier_s[0][worlds] = self._earlier_s[0][worlds], self.time_s[worlds]
        self._known[worlds] = np.minimum(self._known[worlds] + 1, 2)

    def left_s(self, worlds: Indices) -> Floats:
        """Until the fastest wear is at its limit at its present rate, shape [n]; infinity where none moves."""
        ahead = np.where(np.isfinite(self.ends), self.ends - self.wear, self.nominal)[:, worlds]
        rate = self.rate[:, worlds]
        moves = (rate > 0) & np.isinf(self.caps[:, worlds])
        return np.asarray((ahead / np.maximum(rate, 1e-300)).min(axis=0, initial=np.inf, where=moves))

    def stop_s(self, worlds: Indices) -> Floats:
        """The next time at which something is planned, shape [n]."""
        after = np.searchsorted(self._stops, self.time_s[worlds] + SAME_TIME * self.end_s, side="right")
        return np.asarray(self._stops[np.minimum(after, len(self._stops) - 1)])

    def until(self, worlds: Indices, curve: Rising) -> Floats:
        """Share of a step up to the first failure or maintenance that its wear calls for, shape [n]; 1 for none."""
        ahead = np.where(np.isinf(self.caps), self.ends, np.inf)[:, worlds]
        found = curve.reaches(ahead).min(axis=0, initial=1.0)
        for action in self.maintenance:
            if action.when is not None:
                level = action.when[1][worlds][None]
                found = np.minimum(found, curve.row(self.names.index(action.when[0])).reaches(level)[0])
        return found

    def move(self, worlds: Indices, curve: Rising, until: Floats, end_s: Floats) -> None:
        """Go along a curve to a share of it, or to its end, and see to what is due there."""
        begin_s, whole = self.time_s[worlds], until >= 1.0
        self.wear[:, worlds] = np.where(whole, curve.last, curve.at(until))
        self.rate[:, worlds] = np.where(whole, self.rate[:, worlds], curve.slope(until))
        self.time_s[worlds] = np.where(whole, end_s, begin_s + until * curve.span)
        self.serve(worlds, begin_s)
        self.open[worlds] = self.time_s[worlds] < self.end_s

    def serve(self, worlds: Indices, before_s: Floats) -> None:
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
                self.wear[row, worlds[due]], self.caps[row, worlds[due]] = value, np.inf
            self.fresh[worlds[due]] = True
        failed = (self.wear >= self.ends * (1 - SAME_TIME)) & np.isinf(self.caps) & np.isfinite(self.ends)
        self.caps = np.where(failed, np.maximum(self.wear, self.ends), self.caps)
        # What was smooth has a corner here: earlier rates say nothing of what follows.
        self._known[failed.any(axis=0)] = 0

    def begin(self, worlds: Indices) -> None:
        """Worlds that start anew: nothing comes before, and no block begins below the present wear."""
        self.floor[:, worlds] = self.wear[:, worlds]
        self.fresh[worlds], self.stale[worlds] = False, True
        self._known[worlds], self.trouble_s[worlds] = 0, np.inf

    def lose(self, worlds: Indices) -> None:
        """Worlds that cannot be simulated on."""
        self.lost_s[worlds], self.open[worlds] = self.time_s[worlds], False
        self.rate[:, worlds] = np.nan
