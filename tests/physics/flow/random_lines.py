"""Lines made at random from every flow type, for properties that hold for any line."""

from __future__ import annotations

import random
from typing import Any

from physics.flow.layout import Layout, Part, Product

PRODUCTS = (Product("a"), Product("b"), Product("c"))
TIMES: tuple[Any, ...] = (
    0.0, 1.0, 2.5, {"exponential": {"mean_s": 1.5}}, {"gamma": {"mean_s": 1.0, "shape": 0.7}},
    {"normal": {"mean_s": 1.0, "sd_s": 1.0}}, {"uniform": {"low_s": 0.2, "high_s": 2.0}},
)  # fmt: skip
BESIDE = (
    Part("people", "operator_pool", {"operator_count": 2, "calendar": "shifts"}),
    Part("crew", "repair_crew"),
    Part("shifts", "shift_calendar", {"period_s": 100.0, "shifts": [[0, 1], [70, 0]]}),
    Part("stock", "spare_stock", {"part_count": 2, "lead_s": 30.0}),
)
WAYS = [["a", "b", 5.0], ["b", "c", 7.0], ["a", "c", 3.0]]
STAGES = ("machine", "buffer", "conveyor", "parallel", "vehicles", "before", "bernoulli", "inspection", "split",
          "assembly", "strip")  # fmt: skip


class Maker:
    """Puts stage behind stage."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.parts: list[Part] = list(BESIDE)
        self.links: list[tuple[str, str]] = []
        self.last = ""

    def times(self) -> Any:
        return self.chance.choice(TIMES)

    def add(self, name: str, kind: str, **settings: Any) -> None:
        self.parts.append(Part(name, kind, settings))

    def behind(self, into: str, out: str) -> None:
        self.links.append((self.last, into))
        self.last = out

    def work(self, name: str) -> dict[str, Any]:
        """Settings of a machine, and what stops it."""
        chance = self.chance
        found: dict[str, Any] = {"cycle_s": self.times(), "scrap_ratio": chance.choice([0.0, 0.1]), "setup_s": 1.0}
        found |= {"operators": "people"} if chance.random() < 0.3 else {}
        found |= {"calendar": "shifts"} if chance.random() < 0.3 else {}
        counts = chance.choice(["working_time", "calendar_time", "items"])
        if chance.random() < 0.4:
            self.add(f"{name}_fails", "breakdown", machine=name, between_s=20.0, repair_s=self.times(), counts=counts,
                     crew=chance.choice(["", "crew"]), spare=chance.choice(["", "stock"]))  # fmt: skip
        if chance.random() < 0.3:
            self.add(f"{name}_service", "maintenance", machine=name, every_s=30.0, takes_s=3.0, counts=counts)
        return found

    def stage(self, kind: str, name: str) -> None:
        """One stage of a kind."""
        chance = self.chance
        if kind == "machine":
            self.add(name, "machine", **self.work(name))
        elif kind == "buffer":
            self.add(name, "buffer", capacity_count=chance.randint(1, 5))
        elif kind == "conveyor":
            self.add(name, "conveyor", length_m=chance.uniform(0.3, 4.0),
                     when_blocked=chance.choice(["accumulates", "stands"]))  # fmt: skip
        elif kind == "parallel":
            self.add(name, "parallel_stations", station_count=chance.randint(1, 3), **self.work(name))
        elif kind == "vehicles":
            self.add(f"{name}_cars", "agv_fleet", ways=WAYS, home="a", vehicle_count=chance.randint(1, 3), load_s=0.5,
                     unload_s=0.5, charger=chance.choice(["", "c"]), range_m=100.0, charge_s=20.0)  # fmt: skip
            self.add(name, "agv_route", fleet=f"{name}_cars", pickup=chance.choice("abc"), drop=chance.choice("abc"))
        elif kind in ("before", "bernoulli"):
            work = self.work(name) | {"blocking": "before"} if kind == "before" else {"success_ratio": 0.7}
            self.add(name, "machine" if kind == "before" else "bernoulli_machine", **work)
            self.behind(f"{name}.in", f"{name}.out")
            return self.stage("buffer", f"{name}_room")
        else:
            return getattr(self, kind)(name)
        self.behind(f"{name}.in", f"{name}.out")

    def inspection(self, name: str) -> None:
        self.add(f"{name}_join", "merger")
        self.add(f"{name}_wait", "buffer", capacity_count=6)
        self.add(name, "inspection", cycle_s=0.3, fail_ratio=0.3)
        self.links += [(f"{name}_join.out", f"{name}_wait.in"), (f"{name}_wait.out", f"{name}.in"),
                       (f"{name}.rework", f"{name}_join.in_2")]  # fmt: skip
        self.behind(f"{name}_join.in_1", f"{name}.out")

    def split(self, name: str) -> None:
        rule = self.chance.choice(["ratio", "product", "in_turn", "first_free", "in_turn_free", "least_filled"])
        more = {"ratio": {"shares": [1, 2]}, "product": {"ways": {"a": 1, "b": 2, "c": 2}}}.get(rule, {})
        self.stage("buffer", f"{name}_before")
        self.add(f"{name}_fork", "splitter", rule=rule, **more)
        self.add(f"{name}_join", "merger", rule=self.chance.choice(["longest_wait", "in_order"]))
        for turn in (1, 2):
            self.add(f"{name}{turn}", "machine", **self.work(f"{name}{turn}"))
            self.links += [(f"{name}_fork.out_{turn}", f"{name}{turn}.in"),
                           (f"{name}{turn}.out", f"{name}_join.in_{turn}")]  # fmt: skip
        self.behind(f"{name}_fork.in", f"{name}_join.out")
        self.stage("buffer", f"{name}_after")

    def assembly(self, name: str) -> None:
        self.add(f"{name}_parts", "source", interval_s=self.times())
        self.add(name, "assembly", cycle_s=self.times(), counts=[1, self.chance.randint(1, 3)], makes="c")
        self.links.append((f"{name}_parts.out", f"{name}.in_2"))
        self.behind(f"{name}.in_1", f"{name}.out")

    def strip(self, name: str) -> None:
        self.add(name, "disassembly", cycle_s=self.times(), gives=[["a", 1], ["b", 2]])
        self.add(f"{name}_join", "merger")
        self.links += [(f"{name}.out_1", f"{name}_join.in_1"), (f"{name}.out_2", f"{name}_join.in_2")]
        self.behind(f"{name}.in", f"{name}_join.out")
        self.stage("buffer", f"{name}_after")


def random_line(seed: int) -> Layout:
    """A source, two to six stages, a last machine that takes time, a sink."""
    made = Maker(seed)
    mix = made.chance.choice([(), {"a": 0.5, "b": 0.2, "c": 0.3}, ["a", "a", "b"]])
    made.add("source", "source", interval_s=made.times(), batch_count=made.chance.randint(1, 3), mix=mix,
             calendar=made.chance.choice(["", "shifts"]))  # fmt: skip
    made.last = "source.out"
    for turn in range(made.chance.randint(2, 6)):
        made.stage(made.chance.choice(STAGES), f"p{turn}")
    made.add("last", "machine", cycle_s=0.4)
    made.behind("last.in", "last.out")
    made.add("sink", "sink")
    made.behind("sink.in", "")
    return Layout(tuple(made.parts), tuple(made.links), PRODUCTS)
