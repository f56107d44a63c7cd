"""Robot cell: arms whose cycle times come from their own simulation in 3D.

Behaviour  As machines side by side. `cell` describes arm, belts, boxes and pallet (docs/cell.md); the line does not
           look at it: `twin cell run` simulates it and writes the cycle times that were seen into `cycle_s`. An item
           of the line may be several boxes: its cycle is then that of so many boxes in a row. `measured` names the
           simulation and the description that the times belong to.
Valid      arms side by side do not share a belt or get into each other's way
"""

from __future__ import annotations

from types import SimpleNamespace

from physics.flow.contract import FlowType, Inlet, Outlet, choice, count, listing, number, part, times
from physics.flow.draft import Draft


class RobotCell(FlowType):
    """Items handled at the pace of an arm, or of several alike."""

    name = "robot_cell"
    powered = True
    inlet = Inlet("items to handle")
    outlet = Outlet("handled items")
    cell = listing("The cell's description: arm, belts, boxes, pallet, fixtures")
    measured = listing("Simulation, description and times that belong together, as `twin cell run` wrote them")
    box_count = count("Boxes that one item of the line is", default=1)
    arm_count = count("Such cells side by side; an item goes to the first free one", default=1)
    cycle_s = times("Cycle time of an item, as simulated", default=10.0, by_product=True)
    scrap_ratio = number("1", "Share of items dropped", default=0.0, low=0.0, high=1.0, by_product=True)
    blocking = choice("When a full place behind holds the cell up", "after", "before")
    operators = part("Pool that works here", "operator_pool")
    operator_count = count("Operators needed at once", default=1)
    calendar = part("Shifts outside which the cell rests", "shift_calendar")

    def build(self, v: SimpleNamespace, line: Draft) -> None:
        """One station, or several side by side."""
        before = v.blocking == "before"
        if v.arm_count > 1:
            if before:
                line.fault(f"{v.name}.blocking", "'before' with several arms", "'after', or several cells of one arm")
            line.side_by_side(v, v.arm_count)
        else:
            place = line.station(v, out=f"{v.name}.out", reserves=int(before))
            line.enter(f"{v.name}.in", place)
