"""Machine: works on one item at a time.

Behaviour  Blocking after service: a finished item stays until there is room behind. Blocking before service: an item
           is taken only once room behind is kept for it. Setup comes before an item of another product than the last.
           A scrapped item leaves the line at the end of its cycle. Operators are called for each item, setup included.
Valid      a blocked item keeps the machine; work that is broken off goes on later where it stopped
"""

from __future__ import annotations

from types import SimpleNamespace

from physics.flow.contract import FlowType, Inlet, Outlet, choice, count, number, part, times
from physics.flow.draft import Draft


class Machine(FlowType):
    """One item at a time."""

    name = "machine"
    powered = True
    inlet = Inlet("items to work on")
    outlet = Outlet("finished items")
    cycle_s = times("Cycle time", default=60.0, by_product=True)
    setup_s = times("Setup to this product from another", default=None, by_product=True)
    scrap_ratio = number("1", "Share of items scrapped", default=0.0, low=0.0, high=1.0, by_product=True)
    blocking = choice("When a full place behind holds the machine up", "after", "before")
    operators = part("Pool that works here", "operator_pool")
    operator_count = count("Operators needed at once", default=1)
    calendar = part("Shifts outside which the machine rests", "shift_calendar")

    def build(self, v: SimpleNamespace, line: Draft) -> None:
        """One station."""
        place = line.station(v, out=f"{v.name}.out", reserves=int(v.blocking == "before"))
        line.enter(f"{v.name}.in", place)
