"""Bernoulli machine: in every cycle it makes an item with a fixed probability, else it sits the cycle out.

Behaviour  Blocking before service: at the beginning of a cycle the machine must have an item before it and room behind
           it. Then chance decides; a cycle that fails leaves the item where it is.
Source     Li and Meerkov, Production Systems Engineering (2009), section 4.1
"""

from __future__ import annotations

from types import SimpleNamespace

from physics.flow.contract import FlowType, Inlet, Outlet, number
from physics.flow.draft import Draft
from physics.flow.durations import constant


class BernoulliMachine(FlowType):
    """Cycles that succeed or fail."""

    name = "bernoulli_machine"
    powered = True
    inlet = Inlet("items to work on")
    outlet = Outlet("finished items")
    cycle_s = number("s", "Cycle time", default=1.0, low=1e-9)
    success_ratio = number("1", "Probability that a cycle makes an item", default=0.9, low=1e-6, high=1.0)

    def build(self, v: SimpleNamespace, line: Draft) -> None:
        """One station that tries."""
        place = line.station(
            v,
            cycle=line.times(f"{v.name}.cycle_s", [constant(v.cycle_s)] * len(line.products)),
            out=f"{v.name}.out",
            reserves=1,
            attempt_stream=line.stream(f"{v.name}.success"),
            attempt_ratio=v.success_ratio,
        )
        line.enter(f"{v.name}.in", place)
