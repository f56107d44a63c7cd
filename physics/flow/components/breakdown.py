"""Breakdown: a machine, conveyor or group of stations stops by itself and is repaired.

Behaviour  Counts either the time that the machine works or calendar time. The item in work stays and is worked on
           further after the repair. Of several stations of one part each breaks down by itself. A repair begins when
           the crew, and a spare part where one is named, are both there; who has waited longest is served first.
Valid      as good as new after the repair; conveyors break down by calendar time only
"""

from __future__ import annotations

from types import SimpleNamespace

from physics.flow.contract import FlowType, choice, count, part, times
from physics.flow.draft import Draft, DraftStop
from physics.flow.kernels import tables


class Breakdown(FlowType):
    """One failure mode of one part."""

    name = "breakdown"
    machine = part("What breaks down", required=True)
    between_s = times("Time from repair to the next breakdown", default=7200.0, passes=True)
    repair_s = times("Repair time", default=600.0)
    counts = choice("Which time passes until the next breakdown", "working_time", "calendar_time", "items")
    crew = part("Who repairs", "repair_crew")
    crew_count = count("Hands needed at once", default=1)
    spare = part("Part that each repair uses up", "spare_stock")

    def build(self, v: SimpleNamespace, line: Draft) -> None:
        """One stop."""
        basis = {"working_time": tables.WORKING_TIME, "calendar_time": tables.CALENDAR_TIME, "items": tables.ITEMS}
        line.stops.append(
            DraftStop(
                v.name, v.machine, basis[v.counts], v.between_s, v.repair_s,
                crew=v.crew, hands=v.crew_count, spare=v.spare,
            )
        )  # fmt: skip
