"""Splitter: sends each item down one of several ways; it holds none itself.

Behaviour  `ratio`: by chance, with `shares`. `product`: by the product's way in `ways`. `routing`: towards the next
           station of the product's routing. `in_turn`: out_1, out_2, … whatever room there is. The other three choose
           when there is room: the first way that has some, in turn among those, or the one that is least filled.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from physics.flow.contract import FlowType, Inlet, Outlet, choice, listing
from physics.flow.draft import Draft
from physics.flow.kernels import tables
from physics.flow.ports import numbered

RULES = {
    "ratio": tables.RATIO,
    "product": tables.PRODUCT,
    "routing": tables.ROUTING,
    "in_turn": tables.CYCLIC,
    "first_free": tables.FIRST_FREE,
    "in_turn_free": tables.CYCLIC_FREE,
    "least_filled": tables.LEAST_FILLED,
}


class Splitter(FlowType):
    """One way in, several out."""

    name = "splitter"
    inlet = Inlet("items that come")
    outlet = Outlet("ways on", many=True)
    rule = choice("How the way is chosen", "first_free", *(rule for rule in RULES if rule != "first_free"))
    shares = listing("For `ratio`: a share for each way, in order")
    ways = listing("For `product`: the number of the way of each product, as {a: 1, b: 2}")

    def build(self, v: SimpleNamespace, line: Draft) -> None:
        """One router."""
        outs = numbered(v.ports, "out")
        columns: dict[str, Any] = {}
        if v.rule == "ratio":
            shares = list(v.shares)
            if len(shares) != len(outs) or min(shares, default=-1) < 0 or sum(shares) <= 0:
                line.fault(f"{v.name}.shares", repr(shares), f"{len(outs)} shares of 0 or more, not all 0")
                return
            row = [sum(shares[: n + 1]) / sum(shares) for n in range(len(shares))]
            columns = {"table": line.numbers(row * len(line.products)), "stream": line.stream(f"{v.name}.ratio")}
        if v.rule == "product":
            turns = [f"out_{dict(v.ways).get(product)}" for product in line.products]
            for product, out in zip(line.products, turns, strict=True):
                if out not in outs:
                    line.fault(f"{v.name}.ways", f"no way for {product}", "the number of a linked way for each product")
            columns = {"table": line.picks(outs.index(out) if out in outs else -1 for out in turns)}
        line.route(f"{v.name}.in", RULES[v.rule], [f"{v.name}.{out}" for out in outs], **columns)
