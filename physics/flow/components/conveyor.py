"""Conveyor: items ride at belt speed, one pitch or more apart.

Behaviour  Moving: the belt stands as soon as the item at its end cannot leave. Accumulating: the belt runs on and items
           close up behind the first one.
Valid      items enter with their front at the belt's beginning, as soon as the last one's front is one pitch along;
           floor(length / pitch) + 1 items fit; see `physics/flow/kernels/belting.py` for the equations
"""

from __future__ import annotations

from types import SimpleNamespace

from physics.flow.contract import FlowType, Inlet, Outlet, choice, number, part
from physics.flow.draft import Draft
from physics.flow.kernels import tables


class Conveyor(FlowType):
    """A belt with a length and a speed."""

    name = "conveyor"
    powered = True
    inlet = Inlet("items put on")
    outlet = Outlet("items taken off")
    length_m = number("m", "Length of the belt", default=5.0, low=1e-3)
    speed_m_per_s = number("m/s", "Speed of the belt", default=0.5, low=1e-6)
    pitch_m = number("m", "Least distance from front to front", default=0.5, low=1e-3)
    when_blocked = choice("What happens while the first item cannot leave", "accumulates", "stands")
    calendar = part("Shifts outside which the belt stands", "shift_calendar")

    def build(self, v: SimpleNamespace, line: Draft) -> None:
        """One belt."""
        place = line.place(
            tables.BELT,
            v.name,
            capacity=int(v.length_m / v.pitch_m * (1 + 1e-12)) + 1,
            out=f"{v.name}.out",
            length_m=v.length_m,
            pitch_m=v.pitch_m,
            speed_m_per_s=v.speed_m_per_s,
            accumulates=int(v.when_blocked == "accumulates"),
        )
        line.places[place].calendar = v.calendar
        line.enter(f"{v.name}.in", place)
