"""Disassembly: an item becomes several, which leave by their own ways.

Behaviour  After the cycle the items leave in the order of the ways, each as soon as there is room for it; the next item
           comes in when all have gone. They keep the time at which the first item entered the line.
"""

from __future__ import annotations

from types import SimpleNamespace

from physics.flow.contract import FlowType, Inlet, Outlet, listing, times
from physics.flow.draft import Draft
from physics.flow.ports import numbered


class Disassembly(FlowType):
    """One item becomes several."""

    name = "disassembly"
    powered = True
    inlet = Inlet("items to take apart")
    outlet = Outlet("ways of the parts", many=True)
    cycle_s = times("Cycle time", default=60.0, by_product=True)
    gives = listing("For each way, in order, [product, count]")

    def build(self, v: SimpleNamespace, line: Draft) -> None:
        """One station that gives items."""
        outs = numbered(v.ports, "out")
        gives = [tuple(row) for row in v.gives]
        good = len(gives) == len(outs) and all(len(row) == 2 and int(row[1]) >= 1 for row in gives)
        if not good or any(row[0] not in line.products for row in gives):
            line.fault(f"{v.name}.gives", repr(gives), f"[product, count] for each of {len(outs)} ways")
            return
        place = line.station(v)
        line.places[place].emissions = [
            (f"{v.name}.{out}", int(number), line.products.index(product))
            for out, (product, number) in zip(outs, gives, strict=True)
        ]
        line.enter(f"{v.name}.in", place)
