"""Repair crew: people who repair and maintain, whoever has waited longest first.

Behaviour  A repair that has begun is finished. With a calendar there are as many people as the shift's level times
           `crew_count`.
"""

from __future__ import annotations

from types import SimpleNamespace

from physics.flow.contract import FlowType, count, part
from physics.flow.draft import Draft


class RepairCrew(FlowType):
    """People for repairs."""

    name = "repair_crew"
    crew_count = count("People", default=1)
    calendar = part("Shifts", "shift_calendar")

    def build(self, v: SimpleNamespace, line: Draft) -> None:
        """One pool."""
        line.pools[v.name] = (v.crew_count, v.calendar)
