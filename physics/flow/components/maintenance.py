"""Preventive maintenance: a machine is serviced before it breaks down.

Behaviour  Due after calendar time, working time or a number of items; it begins once the item in work is finished and
           the crew is there. Afterwards the machine's breakdowns count anew (`renews`), as for a machine just repaired.
"""

from __future__ import annotations

from types import SimpleNamespace

from physics.flow.contract import FlowType, choice, count, part, times
from physics.flow.draft import Draft, DraftStop
from physics.flow.kernels import tables


class Maintenance(FlowType):
    """A planned stop of one part."""

    name = "maintenance"
    machine = part("What is serviced", required=True)
    every_s = times("Time until it is due; a number of items where items count", default=604800.0, passes=True)
    takes_s = times("How long it takes", default=3600.0)
    counts = choice("What passes until it is due", "calendar_time", "working_time", "items")
    renews = choice("Whether breakdowns count anew afterwards", "yes", "no")
    crew = part("Who does it", "repair_crew")
    crew_count = count("Hands needed at once", default=1)
    spare = part("Part that it uses up", "spare_stock")

    def build(self, v: SimpleNamespace, line: Draft) -> None:
        """One planned stop."""
        basis = {"working_time": tables.WORKING_TIME, "calendar_time": tables.CALENDAR_TIME, "items": tables.ITEMS}
        line.stops.append(
            DraftStop(
                v.name, v.machine, basis[v.counts], v.every_s, v.takes_s,
                planned=True, renews=v.renews == "yes", crew=v.crew, hands=v.crew_count, spare=v.spare,
            )
        )  # fmt: skip
