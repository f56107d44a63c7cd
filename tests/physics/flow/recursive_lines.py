"""Lines made at random of what the recursion knows, some of them with times that fall together."""

from __future__ import annotations

import random
from typing import Any

from physics.flow.layout import Layout, Part

TIMES: tuple[Any, ...] = (
    2.0, 3.0, {"exponential": {"mean_s": 2.5}}, {"gamma": {"mean_s": 2.0, "shape": 3.0}},
    {"gamma": {"mean_s": 2.0, "shape": 0.7}}, {"uniform": {"low_s": 1.0, "high_s": 4.0}},
    {"weibull": {"mean_s": 2.0, "shape": 1.5}}, {"lognormal": {"mean_s": 2.5, "sd_s": 1.0}},
    {"normal": {"mean_s": 2.0, "sd_s": 1.0}}, {"triangular": {"low_s": 1.0, "mode_s": 2.0, "high_s": 4.0}},
    {"empirical": {"values_s": [1.0, 2.5, 3.75]}},
)  # fmt: skip


class Maker:
    """Adds stretches of a line one behind the other; `at` is the way out of the last one."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.parts: list[Part] = []
        self.links: list[tuple[str, str]] = []
        self.at = ""

    def add(self, name: str, kind: str, **settings: Any) -> str:
        """A part."""
        self.parts.append(Part(name, kind, settings))
        return name

    def link(self, to: str) -> None:
        """The last way out leads there."""
        self.links.append((self.at, to))

    def source(self, name: str) -> None:
        """Items that come, endless or after times."""
        interval = {"interval_s": self.chance.choice(TIMES)} if self.chance.random() < 0.5 else {}
        self.at = f"{self.add(name, 'source', **interval)}.out"

    def buffer(self, name: str) -> None:
        """Room in front of the next machine, or none."""
        if self.chance.random() < 0.6:
            self.link(f"{self.add(name, 'buffer', capacity_count=self.chance.randint(1, 4))}.in")
            self.at = f"{name}.out"

    def machine(self, name: str) -> None:
        """A machine that may break down, alone or with others that share the crew."""
        self.buffer(f"{name}_room")
        self.link(f"{self.add(name, 'machine', cycle_s=self.chance.choice(TIMES))}.in")
        self.at = f"{name}.out"
        if self.chance.random() < 0.6:
            crew = {"crew": "crew"} if self.chance.random() < 0.7 else {}
            self.add(f"{name}_stop", "breakdown", machine=name, between_s=self.chance.choice(
                (20.0, {"exponential": {"mean_s": 15.0}}, {"weibull": {"mean_s": 30.0, "shape": 2.0}})),
                repair_s=self.chance.choice((4.0, {"lognormal": {"mean_s": 6.0, "sd_s": 3.0}})), **crew)  # fmt: skip

    def join(self, name: str) -> None:
        """A second source with its machine comes in here."""
        self.add(f"{name}_join", "merger", rule=self.chance.choice(["longest_wait", "in_order"]))
        self.link(f"{name}_join.in_1")
        self.source(f"{name}_source")
        self.machine(f"{name}_side")
        self.link(f"{name}_join.in_2")
        self.at = f"{name}_join.out"
        self.machine(f"{name}_after")

    def rework(self, name: str) -> None:
        """A machine and an inspection that sends items back."""
        self.add(f"{name}_back", "merger")
        self.link(f"{name}_back.in_1")
        self.at = f"{name}_back.out"
        self.add(f"{name}_wait", "buffer", capacity_count=self.chance.randint(2, 6))
        self.link(f"{name}_wait.in")
        self.at = f"{name}_wait.out"
        self.link(f"{self.add(f'{name}_work', 'machine', cycle_s=self.chance.choice(TIMES))}.in")
        self.at = f"{name}_work.out"
        self.link(f"{self.add(name, 'inspection', cycle_s=1.0, fail_ratio=0.3, rework_limit_count=2)}.in")
        self.links.append((f"{name}.rework", f"{name}_back.in_2"))
        self.at = f"{name}.out"

    def vehicles(self, name: str) -> None:
        """Vehicles that carry items on."""
        self.add(f"{name}_cars", "agv_fleet", ways=[["a", "b", self.chance.choice((2.0, 9.0))]], load_s=0.5,
                 unload_s=0.5, home=self.chance.choice("ab"), vehicle_count=self.chance.randint(1, 3))  # fmt: skip
        self.add(name, "agv_route", fleet=f"{name}_cars", pickup="a", drop="b",
                 capacity_count=self.chance.randint(1, 3))  # fmt: skip
        self.link(f"{name}.in")
        self.at = f"{name}.out"


def recursive_line(seed: int) -> Layout:
    """A source, a machine, up to four stretches and a sink."""
    made = Maker(seed)
    made.add("crew", "repair_crew", crew_count=made.chance.randint(1, 2))
    made.source("source")
    made.machine("first")
    for turn in range(made.chance.randint(0, 4)):
        getattr(made, made.chance.choice(["machine", "machine", "join", "rework", "vehicles"]))(f"p{turn}")
    made.link(f"{made.add('sink', 'sink')}.in")
    return Layout(tuple(made.parts), tuple(made.links))
