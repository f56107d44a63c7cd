"""Parallel stations: several equal machines of one kind share a way in and a way out.

Behaviour  An item goes to the first free one. Each draws its own times and breaks down by itself.
"""

from __future__ import annotations

from types import SimpleNamespace

from physics.flow.contract import FlowType, Inlet, Outlet, count, number, part, times
from physics.flow.draft import Draft


class ParallelStations(FlowType):
    """Several machines side by side."""

    name = "parallel_stations"
    powered = True
    inlet = Inlet("items to work on")
    outlet = Outlet("finished items")
    station_count = count("Stations side by side", default=2)
    cycle_s = times("Cycle time of one station", default=60.0, by_product=True)
    setup_s = times("Setup to this product from another", default=None, by_product=True)
    scrap_ratio = number("1", "Share of items scrapped", default=0.0, low=0.0, high=1.0, by_product=True)
    operators = part("Pool that works here", "operator_pool")
    operator_count = count("Operators needed at each station", default=1)
    calendar = part("Shifts outside which the stations rest", "shift_calendar")

    def build(self, v: SimpleNamespace, line: Draft) -> None:
        """Stations between a router and a merge."""
        line.side_by_side(v, v.station_count)
