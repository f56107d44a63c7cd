"""Assembly: an item from the first way and parts from the others become one item.

Behaviour  Parts are taken in as they come, up to what one operation needs; work begins when all are there. What leaves
           is the first item of in_1, so its lead time counts from its own entry; the others are used up.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from physics.flow.contract import FlowType, Inlet, Outlet, count, listing, number, part, times
from physics.flow.draft import Draft
from physics.flow.ports import numbered


class Assembly(FlowType):
    """Several items become one."""

    name = "assembly"
    powered = True
    inlet = Inlet("parts; in_1 is the one that they are put on", many=True)
    outlet = Outlet("assembled items")
    cycle_s = times("Cycle time, by the product of in_1", default=60.0, by_product=True)
    counts = listing("Parts needed of each way, in order; 1 each by default")
    makes = listing("Product that leaves; by default that of in_1")
    scrap_ratio = number("1", "Share of assembled items scrapped", default=0.0, low=0.0, high=1.0, by_product=True)
    operators = part("Pool that works here", "operator_pool")
    operator_count = count("Operators needed at once", default=1)
    calendar = part("Shifts outside which the station rests", "shift_calendar")

    def build(self, v: SimpleNamespace, line: Draft) -> None:
        """One station with several inlets."""
        ports = numbered(v.ports, "in")
        counts = list(v.counts) or [1] * len(ports)
        if len(counts) != len(ports) or min(counts, default=0) < 1:
            line.fault(f"{v.name}.counts", repr(counts), f"{len(ports)} whole numbers of 1 or more")
            return
        columns: dict[str, Any] = {"out": f"{v.name}.out"}
        if v.makes:
            if v.makes not in line.products:
                line.fault(f"{v.name}.makes", f"product {v.makes!r}", f"one of {', '.join(line.products)}")
                return
            columns["product_out"] = line.products.index(v.makes)
        place = line.station(v, **columns)
        for port, needed in zip(ports, counts, strict=True):
            line.enter(f"{v.name}.{port}", place, quota=int(needed))
