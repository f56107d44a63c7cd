"""Inspection: looks at each item and passes it, sends it back for rework, or gives it up.

Behaviour  After the cycle an item fails with `fail_ratio` and leaves by `rework`, where that is linked, else by
           `reject`. An item that has been sent back `rework_limit_count` times leaves by `reject` (by `out`, where that
           is not linked).
"""

from __future__ import annotations

from types import SimpleNamespace

from physics.flow.contract import FlowType, Inlet, Outlet, count, number, part, times
from physics.flow.draft import Draft
from physics.flow.kernels import tables


class Inspection(FlowType):
    """Pass, rework or reject."""

    name = "inspection"
    powered = True
    inlet = Inlet("items to look at")
    outlet = Outlet("good items")
    rework = Outlet("items to be worked on again", optional=True)
    reject = Outlet("items given up", optional=True)
    cycle_s = times("Cycle time", default=10.0, by_product=True)
    fail_ratio = number("1", "Share of items that fail", default=0.05, low=0.0, high=1.0, by_product=True)
    rework_limit_count = count("How often an item is sent back at most", default=3)
    operators = part("Pool that works here", "operator_pool")
    operator_count = count("Operators needed at once", default=1)
    calendar = part("Shifts outside which the station rests", "shift_calendar")

    def build(self, v: SimpleNamespace, line: Draft) -> None:
        """One station and a router behind it."""
        back, away = "rework" in v.ports, "reject" in v.ports
        if not (back or away):
            line.fault(v.name, "neither rework nor reject linked", "a way for items that fail")
            return
        outs = [f"{v.name}.out", f"{v.name}.{'rework' if back else 'reject'}"]
        columns: dict[str, int] = {
            "table": line.numbers(limit for ratio in v.fail_ratio for limit in (1.0 - ratio, 1.0)),
            "stream": line.stream(f"{v.name}.fail"),
        }
        if back:
            outs += [f"{v.name}.reject"] if away else []
            columns |= {"again_branch": 1, "pass_limit": v.rework_limit_count, "limit_branch": 2 if away else 0}
        place = line.station(v, out=line.behind(f"{v.name}.judged"))
        line.route(f"{v.name}.judged", tables.RATIO, outs, **columns)
        line.enter(f"{v.name}.in", place)
