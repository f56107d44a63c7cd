"""Sink: items leave the line here."""

from __future__ import annotations

from types import SimpleNamespace

from physics.flow.contract import FlowType, Inlet
from physics.flow.draft import Draft
from physics.flow.kernels import tables


class Sink(FlowType):
    """Where items go."""

    name = "sink"
    inlet = Inlet("finished items")

    def build(self, v: SimpleNamespace, line: Draft) -> None:
        """One place that always has room."""
        line.enter(f"{v.name}.in", line.place(tables.SINK, v.name))
