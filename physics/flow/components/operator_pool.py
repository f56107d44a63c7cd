"""Operator pool: people who work at machines, whoever has called longest first.

Behaviour  An operator stays with an item until it is finished, also through a breakdown. With a calendar there are as
           many operators as the shift's level times `operator_count`; who is at work when a shift ends finishes.
"""

from __future__ import annotations

from types import SimpleNamespace

from physics.flow.contract import FlowType, count, part
from physics.flow.draft import Draft


class OperatorPool(FlowType):
    """People for machines."""

    name = "operator_pool"
    operator_count = count("Operators", default=1)
    calendar = part("Shifts", "shift_calendar")

    def build(self, v: SimpleNamespace, line: Draft) -> None:
        """One pool."""
        line.pools[v.name] = (v.operator_count, v.calendar)
