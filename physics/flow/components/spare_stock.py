"""Spare stock: parts that repairs use up; each is ordered again at once and comes after a fixed time."""

from __future__ import annotations

from types import SimpleNamespace

from physics.flow.contract import FlowType, count, number
from physics.flow.draft import Draft


class SpareStock(FlowType):
    """Parts for repairs."""

    name = "spare_stock"
    part_count = count("Parts at the beginning, and at hand or on order ever after", default=1)
    lead_s = number("s", "Time from order to delivery", default=86400.0, low=0.0)

    def build(self, v: SimpleNamespace, line: Draft) -> None:
        """One stock."""
        line.spares[v.name] = (v.part_count, v.lead_s)
