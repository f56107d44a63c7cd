"""Physical failure: a machine or conveyor goes down when the physics says so, and is repaired.

Behaviour  Whoever couples the line to the physics trips it (`physics/flow/exchange.py`): a part has worn out, a pump
           has failed, a motor is too hot. Crew, spare part and repair time are as for a breakdown; when the repair is
           over the physics is told, so that what was replaced is new again.
"""

from __future__ import annotations

from types import SimpleNamespace

from physics.flow.contract import FlowType, count, part, times
from physics.flow.draft import Draft, DraftStop
from physics.flow.kernels import tables


class PhysicalFailure(FlowType):
    """A failure that comes from outside."""

    name = "physical_failure"
    machine = part("What goes down", required=True)
    repair_s = times("Repair time", default=3600.0)
    crew = part("Who repairs", "repair_crew")
    crew_count = count("Hands needed at once", default=1)
    spare = part("Part that each repair uses up", "spare_stock")

    def build(self, v: SimpleNamespace, line: Draft) -> None:
        """One stop that nothing in the line brings about."""
        line.stops.append(
            DraftStop(
                v.name, v.machine, tables.EXTERNAL, None, v.repair_s,
                crew=v.crew, hands=v.crew_count, spare=v.spare,
            )
        )  # fmt: skip
