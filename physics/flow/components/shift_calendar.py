"""Shift calendar: when people work, over and over.

Behaviour  `shifts` lists [begin_s, level] from the beginning of a period, the first at 0 s; a level holds until the
           next one begins. At level 0 machines and conveyors rest, their work broken off until the next shift, and
           sources send nothing; a pool has level times its people.
"""

from __future__ import annotations

from types import SimpleNamespace

from physics.flow.contract import FlowType, listing, number
from physics.flow.draft import Draft, DraftCalendar


class ShiftCalendar(FlowType):
    """Levels that repeat."""

    name = "shift_calendar"
    period_s = number("s", "When it begins again", default=86400.0, low=1e-3)
    shifts = listing("[begin_s, level], in order of time, the first at 0 s")

    def build(self, v: SimpleNamespace, line: Draft) -> None:
        """One calendar."""
        rows = [(float(row[0]), int(row[1])) for row in v.shifts]
        begins = [row[0] for row in rows]
        if not rows or begins != sorted(set(begins)) or begins[0] != 0 or begins[-1] >= v.period_s:
            line.fault(f"{v.name}.shifts", repr(rows), "begins in order within the period, the first at 0 s")
            return
        if min(row[1] for row in rows) < 0:
            line.fault(f"{v.name}.shifts", "a level below 0", "levels of 0 or more")
        line.calendars[v.name] = DraftCalendar(v.name, v.period_s, tuple(begins), tuple(row[1] for row in rows))
