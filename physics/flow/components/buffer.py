"""Buffer: items wait in the order in which they came."""

from __future__ import annotations

from types import SimpleNamespace

from physics.flow.contract import FlowType, Inlet, Outlet, count
from physics.flow.draft import Draft
from physics.flow.kernels import tables


class Buffer(FlowType):
    """First in, first out."""

    name = "buffer"
    inlet = Inlet("items that come")
    outlet = Outlet("items that go")
    capacity_count = count("Items that fit", default=10)

    def build(self, v: SimpleNamespace, line: Draft) -> None:
        """One place."""
        line.enter(
            f"{v.name}.in",
            line.place(tables.QUEUE, v.name, capacity=v.capacity_count, out=f"{v.name}.out"),
        )
