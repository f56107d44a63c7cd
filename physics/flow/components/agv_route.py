"""AGV route: items wait at a pickup until a vehicle of a fleet has brought them to the drop."""

from __future__ import annotations

from types import SimpleNamespace

from physics.flow.contract import FlowType, Inlet, Outlet, count, listing, part
from physics.flow.draft import Draft
from physics.flow.kernels import tables


class AgvRoute(FlowType):
    """A way for items by vehicle."""

    name = "agv_route"
    inlet = Inlet("items to be carried")
    outlet = Outlet("items carried")
    fleet = part("Whose vehicles carry", "agv_fleet", required=True)
    pickup = listing("Point of the fleet's graph where items wait")
    drop = listing("Point where they are brought")
    capacity_count = count("Items that may wait at the pickup", default=1)

    def build(self, v: SimpleNamespace, line: Draft) -> None:
        """One pickup."""
        place = line.place(tables.QUEUE, v.name, capacity=v.capacity_count)
        line.enter(f"{v.name}.in", place)
        line.pickups.append((v.name, v.fleet, place, str(v.pickup), str(v.drop)))
