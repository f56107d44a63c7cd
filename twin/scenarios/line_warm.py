"""How long a line is run before anything counts, and at which hour of its calendar a what-if begins.

Source  White (1997), doi:10.1177/003754979706900601 (MSER-5); Law, Simulation Modeling and Analysis, 5th ed. (2015),
        section 9.5 (replication-deletion)
"""

from __future__ import annotations

from dataclasses import dataclass

from physics.flow.intervals import warm_up_bins
from physics.flow.pack import CompiledLine
from physics.flow.simulate import Options, simulate

PILOT_WORLDS, PILOT_BINS = 16, 100
"""Worlds and stretches of the pilot run that MSER-5 looks at; bins of five need about a hundred."""
PILOT_S = (86_400.0, 604_800.0)
"""Shortest and longest pilot run."""
DAY_S = 86_400.0
LEAST_SHARE = 0.5
"""Of a calendar's period, that a line with shifts warms up at least: MSER-5 cannot tell shifts from warming up."""


@dataclass(frozen=True)
class WarmUp:
    """Seconds that are simulated and not counted, and how they were found, in words."""

    warm_s: float
    how: str


def warm_up(line: CompiledLine, *, horizon_s: float, seed: int, begins_s: float = 0.0) -> WarmUp:
    """Find the warm-up of a line.

    Args:
        line: Compiled line.
        horizon_s: Time that will count.
        seed: Of the worlds; the pilot takes others.
        begins_s: Time since the calendars' beginning at which counting starts.
    """
    period_s = max((float(part.settings.get("period_s", DAY_S)) for part in line.layout.parts
                    if part.type == "shift_calendar"), default=0.0)  # fmt: skip
    if period_s:
        begun_s = begins_s % period_s
        warm_s = begun_s + (period_s if begun_s < LEAST_SHARE * period_s else 0.0)
        return WarmUp(warm_s, f"{_hours(warm_s)} of warm-up, to the hour of the shift calendar at which it begins")
    pilot_s = min(max(horizon_s, PILOT_S[0]), PILOT_S[1])
    pilot = simulate(line, horizon_s=pilot_s, worlds=PILOT_WORLDS, seed=seed + 1, options=Options(bin_count=PILOT_BINS))
    bins = warm_up_bins(pilot.binned)
    if bins is None:
        return WarmUp(pilot_s, f"{_hours(pilot_s)} of warm-up: a pilot run as long did not settle by MSER-5")
    warm_s = bins * pilot_s / PILOT_BINS
    return WarmUp(warm_s, f"{_hours(warm_s)} of warm-up, by MSER-5 from {PILOT_WORLDS} pilot worlds")


def longest(first: WarmUp, second: WarmUp) -> WarmUp:
    """The longer one: both runs of a pair forget the same time."""
    return first if first.warm_s >= second.warm_s else second


def _hours(seconds: float) -> str:
    return f"{seconds / 3600.0:.3g} h"
