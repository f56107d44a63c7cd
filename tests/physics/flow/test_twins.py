"""SimPy models of three lines, with random numbers and code of their own, agree within their joint spread."""

import math

import numpy as np
import pytest

from physics.flow.layout import Layout, Part
from tests.physics.flow.lines import exponential, machines, run

twins = pytest.importorskip("tests.physics.flow.twins")

HORIZON_S, WARM_S, OURS, THEIRS = 40_000.0, 2000.0, 128, 40
SIGMAS = 4.0
"""Of the difference of two means: one false alarm in 16,000."""


def agree(ours, theirs):
    theirs = np.asarray(theirs, float)
    spread = math.sqrt(ours.var(ddof=1) / len(ours) + theirs.var(ddof=1) / len(theirs))
    assert abs(ours.mean() - theirs.mean()) < SIGMAS * spread
    # and the spread itself is small enough for the comparison to mean something
    assert spread < 0.01 * ours.mean()


def test_breakdowns_with_one_repair_person():
    times = {"gamma": {"mean_s": 10.0, "shape": 4.0}}
    mean_s = math.exp(4.125)
    repair = {"lognormal": {"mean_s": mean_s, "sd_s": mean_s * math.sqrt(math.exp(0.25) - 1)}}
    failing = [
        Part(f"d{n}", "breakdown",
             {"machine": f"m{n}", "between_s": exponential(300.0), "repair_s": repair, "crew": "crew"})
        for n in range(3)
    ]  # fmt: skip
    line = machines(3, 3, beside=(Part("crew", "repair_crew"), *failing), settings={"cycle_s": times})
    found = run(line, horizon_s=HORIZON_S, warm_s=WARM_S, worlds=OURS)
    agree(found.finished[:, 0], [twins.crew_line(seed, HORIZON_S, WARM_S) for seed in range(THEIRS)])


def test_rework_up_to_twice():
    mean_s = 10.0 * math.gamma(1 + 1 / 1.5)
    look = {"cycle_s": 2.0, "fail_ratio": 0.25, "rework_limit_count": 2}
    parts = (Part("source", "source", {"interval_s": exponential(16.0)}), Part("join", "merger"),
             Part("b", "buffer", {"capacity_count": 500}),
             Part("m", "machine", {"cycle_s": {"weibull": {"mean_s": mean_s, "shape": 1.5}}}),
             Part("look", "inspection", look), Part("good", "sink"), Part("bad", "sink"))  # fmt: skip
    links = (("source.out", "join.in_1"), ("join.out", "b.in"), ("b.out", "m.in"), ("m.out", "look.in"),
             ("look.out", "good.in"), ("look.rework", "join.in_2"), ("look.reject", "bad.in"))  # fmt: skip
    found = run(Layout(parts, links), horizon_s=HORIZON_S, warm_s=WARM_S, worlds=OURS)
    passed, rejected = zip(*(twins.rework_line(seed, HORIZON_S, WARM_S) for seed in range(THEIRS)), strict=True)
    by_sink = {name: found.sunk[:, found.line.places_of(name)[0]] for name in ("good", "bad")}
    agree(by_sink["good"], passed)
    difference = by_sink["bad"].mean() - np.mean(rejected)
    assert abs(difference) < SIGMAS * math.sqrt(by_sink["bad"].var() / OURS + np.var(rejected) / THEIRS)


def test_vehicles_that_come_back_empty():
    route = {"fleet": "cars", "pickup": "a", "drop": "b", "capacity_count": 2}
    fleet = {"ways": [["a", "b", 40.0]], "home": "a", "vehicle_count": 2, "load_s": 8.0, "unload_s": 12.0}
    work = {"cycle_s": exponential(90.0)}
    parts = (Part("s1", "source"), Part("s2", "source"), Part("m1", "machine", work), Part("m2", "machine", work),
             Part("join", "merger"), Part("way", "agv_route", route), Part("sink", "sink"),
             Part("cars", "agv_fleet", fleet))  # fmt: skip
    links = (("s1.out", "m1.in"), ("s2.out", "m2.in"), ("m1.out", "join.in_1"), ("m2.out", "join.in_2"),
             ("join.out", "way.in"), ("way.out", "sink.in"))  # fmt: skip
    found = run(Layout(parts, links), horizon_s=HORIZON_S, warm_s=WARM_S, worlds=OURS)
    agree(found.finished[:, 0], [twins.vehicle_line(seed, HORIZON_S, WARM_S) for seed in range(THEIRS)])
