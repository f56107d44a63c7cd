"""What is asked of a long horizon, and what is written down on the way: wear at times, limits reached, maintenance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from physics.simulate.model import Floats, Model
from physics.simulate.rising import Rising
from physics.simulate.rollout import Options, RolloutRefused


@dataclass(frozen=True)
class Limit:
    """A part has failed once a slow state, or the highest value of an output in a round, reaches `value`, shape [W]."""

    path: str
    value: Floats


@dataclass(frozen=True)
class Maintenance:
    """What resets wear: slow states by name and the value each gets, at given times or when a state reaches a level.

    Attributes: to, {slow state: value}; at_s, times after the start; when, (slow state, level [W]), None for none.
    """

    to: dict[str, float]
    at_s: tuple[float, ...] = ()
    when: tuple[str, Floats] | None = None


@dataclass(frozen=True)
class Control:
    """Of the macro steps.

    Attributes: rtol, error over growth in a step; atol, growth that does not matter, over the state's nominal size;
    max_step_s; options of the integrator within the rounds.
    """

    rtol: float = 1e-3
    atol: float = 1e-4
    max_step_s: float = float("inf")
    options: Options = field(default_factory=Options)


@dataclass(frozen=True)
class Course:
    """How wear went.

    Attributes: times_s [K]; wear [K, S, W], the slow states, before what is done at that time, NaN from a world's loss
    on; peaks [K, M, W], highest value in a round of each watched output; watched [M], those that limits name;
    reached_s [L, W], when each limit was first reached, infinity if not, NaN if the world was lost before; rate [S, W]
    at the end; error [S, W], sum of the steps' estimates; done, (time, world, index of the maintenance); lost_s [W],
    NaN for none; steps [W]; simulated_s [W], time that was run in full; unsettled [Z], the largest of any world and
    round.
    """

    times_s: Floats
    wear: Floats
    peaks: Floats
    watched: tuple[str, ...]
    reached_s: Floats
    rate: Floats
    error: Floats
    done: tuple[tuple[float, int, int], ...]
    lost_s: Floats
    steps: NDArray[np.int64]
    simulated_s: Floats
    unsettled: Floats


def slow_names(model: Model) -> tuple[str, ...]:
    """The slow states in the order of all arrays [S, …]."""
    return tuple(name for name, slow in zip(model.state_names, model.slow, strict=True) if slow)


def outputs_of(model: Model, limits: Sequence[Limit]) -> list[int]:
    """Which outputs limits watch, in order, each once."""
    slow = slow_names(model)
    paths = dict.fromkeys(limit.path for limit in limits if limit.path not in slow)
    return [model.output_names.index(path) for path in paths]


def check(
    model: Model, times_s: Sequence[float], limits: Sequence[Limit], maintenance: Sequence[Maintenance], worlds: int
) -> None:
    """Refuse what cannot be asked of a plant.

    Raises: RolloutRefused, with every fault.
    """
    slow, faults = slow_names(model), []
    times = np.asarray(times_s, np.float64)
    if not (times.size and np.isfinite(times).all() and times[0] >= 0 and (np.diff(times) > 0).all() and times[-1] > 0):
        faults.append(f"times_s: got {list(times_s)}, need times that rise from 0 or later.")
    for index, limit in enumerate(limits):
        if limit.path not in slow and limit.path not in model.output_names:
            faults.append(f"limits[{index}]: got {limit.path}, need a slow state or an output of the model.")
        faults += _level_faults(f"limits[{index}].value", limit.value, worlds)
    for index, action in enumerate(maintenance):
        where = f"maintenance[{index}]"
        named = [*action.to, *([action.when[0]] if action.when else [])]
        faults += [f"{where}: got {name}, need a slow state of the model." for name in named if name not in slow]
        if any(not (np.isfinite(time) and time >= 0) for time in action.at_s):
            faults.append(f"{where}.at_s: got {list(action.at_s)}, need times from 0 on.")
        if action.when is not None:
            faults += _level_faults(f"{where}.when", action.when[1], worlds)
            if not (action.to.get(action.when[0], np.inf) < np.min(action.when[1])):
                faults.append(f"{where}: need {action.when[0]} reset below the level at which that is done.")
    faults += _reset_faults(model)
    if faults:
        raise RolloutRefused("\n".join(faults))


def _reset_faults(model: Model) -> list[str]:
    """Slow states that their own law resets: between two rounds nobody would see it happen."""
    found = {
        model.state_names[island.states[event.target]]
        for island in model.islands
        for event in island.system.events
        if model.slow[island.states[event.target]]
    }
    return [f"{name}: got a slow state that its law resets, need a maintenance for that." for name in sorted(found)]


def _level_faults(where: str, level: Floats, worlds: int) -> list[str]:
    if np.shape(level) != (worlds,) or np.isnan(level).any():
        return [f"{where}: got shape {np.shape(level)}, need [{worlds}] numbers."]
    return []


class Logbook:
    """Writes down what a macro step passes: the asked times and the first reach of each limit."""

    def __init__(self, model: Model, times_s: Sequence[float], limits: Sequence[Limit], worlds: int) -> None:
        """Empty pages."""
        slow, watched = slow_names(model), outputs_of(model, limits)
        self.times_s = np.asarray(times_s, np.float64)
        self.watched = tuple(model.output_names[index] for index in watched)
        self.limits = [
            (slow.index(limit.path), -1, limit.value)
            if limit.path in slow
            else (-1, watched.index(model.output_names.index(limit.path)), limit.value)
            for limit in limits
        ]
        self.wear = np.full((len(self.times_s), len(slow), worlds), np.nan)
        self.peaks = np.full((len(self.times_s), len(watched), worlds), np.nan)
        self.reached_s = np.full((len(limits), worlds), np.inf)

    def open(self, worlds: NDArray[np.intp], wear: Floats, peaks: Floats) -> None:
        """The start: what is asked about time zero."""
        if self.times_s[0] == 0.0:
            self.wear[0][:, worlds], self.peaks[0][:, worlds] = wear, peaks

    def passes(
        self, worlds: NDArray[np.intp], begin_s: Floats, until: Floats, curve: Rising, peaks: tuple[Floats, Floats]
    ) -> None:
        """One step.

        Args:
            worlds: Which ones, [n].
            begin_s: When it began, [n].
            until: Share of it that was done, [n].
            curve: Of the slow states.
            peaks: Of the watched outputs [M, n] at both ends of the whole step; in between they go straight.
        """
        if not len(worlds):
            return
        end_s = begin_s + until * curve.span
        for row in np.flatnonzero((self.times_s > begin_s.min()) & (self.times_s <= end_s.max())):
            inside = (self.times_s[row] > begin_s) & (self.times_s[row] <= end_s)
            share = np.where(inside, (self.times_s[row] - begin_s) / curve.span, 0.0)
            columns = worlds[inside]
            self.wear[row][:, columns] = curve.at(share)[:, inside]
            self.peaks[row][:, columns] = (peaks[0] + share * (peaks[1] - peaks[0]))[:, inside]
        for index, (state, output, value) in enumerate(self.limits):
            level = value[worlds]
            share = curve.row(state).reaches(level[None])[0] if state >= 0 else _straight(peaks, output, level)
            new = (share <= until) & np.isinf(self.reached_s[index, worlds])
            self.reached_s[index, worlds[new]] = (begin_s + share * curve.span)[new]

    def lose(self, worlds: NDArray[np.intp]) -> None:
        """Worlds that end here: whether they would have reached a limit is not known."""
        known = np.isfinite(self.reached_s[:, worlds])
        self.reached_s[:, worlds] = np.where(known, self.reached_s[:, worlds], np.nan)


def _straight(peaks: tuple[Floats, Floats], output: int, level: Floats) -> Floats:
    """Share of a step at which an output's peak reaches a level; infinity where it does not."""
    first, last = peaks[0][output], peaks[1][output]
    rise = np.where(last > first, last - first, 1.0)
    return np.where(first >= level, 0.0, np.where(last >= level, (level - first) / rise, np.inf))
