"""Robot cell: a machine whose cycle times come from its own simulation in 3D.

Behaviour  As a machine. `cell` describes arm, belts, boxes and pallet (docs/cell.md); the line does not look at it:
           `twin cell run` simulates it and writes the cycle times that were seen into `cycle_s`, as an empirical
           distribution. Until then `cycle_s` is what the plant file says.
Valid      cycles are drawn independently: that the places of a pallet come in turn is not seen by the line
"""

from __future__ import annotations

from types import SimpleNamespace

from physics.flow.contract import FlowType, Inlet, Outlet, choice, count, listing, number, part, times
from physics.flow.draft import Draft


class RobotCell(FlowType):
    """One item at a time, at the pace of its arm."""

    name = "robot_cell"
    powered = True
    inlet = Inlet("items to handle")
    outlet = Outlet("handled items")
    cell = listing("The cell's description: arm, belts, boxes, pallet, fixtures")
    cycle_s = times("Cycle time, as simulated", default=10.0, by_product=True)
    scrap_ratio = number("1", "Share of items dropped", default=0.0, low=0.0, high=1.0, by_product=True)
    blocking = choice("When a full place behind holds the cell up", "after", "before")
    operators = part("Pool that works here", "operator_pool")
    operator_count = count("Operators needed at once", default=1)
    calendar = part("Shifts outside which the cell rests", "shift_calendar")

    def build(self, v: SimpleNamespace, line: Draft) -> None:
        """One station."""
        place = line.station(v, out=f"{v.name}.out", reserves=int(v.blocking == "before"))
        line.enter(f"{v.name}.in", place)
