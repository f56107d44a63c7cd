"""Merger: items from several ways go on by one; it holds none itself.

Behaviour  Where several wait, the one that has waited longest goes first, or, by `in_order`, the one from in_1, then
           in_2 and so on.
"""

from __future__ import annotations

from types import SimpleNamespace

from physics.flow.contract import FlowType, Inlet, Outlet, choice
from physics.flow.draft import Draft
from physics.flow.ports import numbered


class Merger(FlowType):
    """Several ways in, one out."""

    name = "merger"
    inlet = Inlet("ways that come together", many=True)
    outlet = Outlet("items that go on")
    rule = choice("Who goes first", "longest_wait", "in_order")

    def build(self, v: SimpleNamespace, line: Draft) -> None:
        """One merge."""
        ports = [f"{v.name}.{port}" for port in numbered(v.ports, "in")]
        line.merge(ports, f"{v.name}.out", in_order=v.rule == "in_order")
