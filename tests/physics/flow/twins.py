"""Three lines twice: for our engine, and in SimPy, written apart from it: a shared crew, rework, vehicles."""

from __future__ import annotations

import math
import random

import simpy

from physics.flow.layout import Layout, Part
from tests.physics.flow.lines import exponential, machines


def crew_layout() -> Layout:
    """What `crew_line` is in SimPy."""
    times = {"gamma": {"mean_s": 10.0, "shape": 4.0}}
    mean_s = math.exp(4.125)
    repair = {"lognormal": {"mean_s": mean_s, "sd_s": mean_s * math.sqrt(math.exp(0.25) - 1)}}
    failing = [
        Part(f"d{n}", "breakdown",
             {"machine": f"m{n}", "between_s": exponential(300.0), "repair_s": repair, "crew": "crew"})
        for n in range(3)
    ]  # fmt: skip
    return machines(3, 3, beside=(Part("crew", "repair_crew"), *failing), settings={"cycle_s": times})


def rework_layout() -> Layout:
    """What `rework_line` is in SimPy."""
    mean_s = 10.0 * math.gamma(1 + 1 / 1.5)
    look = {"cycle_s": 2.0, "fail_ratio": 0.25, "rework_limit_count": 2}
    parts = (Part("source", "source", {"interval_s": exponential(16.0)}), Part("join", "merger"),
             Part("b", "buffer", {"capacity_count": 500}),
             Part("m", "machine", {"cycle_s": {"weibull": {"mean_s": mean_s, "shape": 1.5}}}),
             Part("look", "inspection", look), Part("good", "sink"), Part("bad", "sink"))  # fmt: skip
    links = (("source.out", "join.in_1"), ("join.out", "b.in"), ("b.out", "m.in"), ("m.out", "look.in"),
             ("look.out", "good.in"), ("look.rework", "join.in_2"), ("look.reject", "bad.in"))  # fmt: skip
    return Layout(parts, links)


def vehicle_layout() -> Layout:
    """What `vehicle_line` is in SimPy."""
    route = {"fleet": "cars", "pickup": "a", "drop": "b", "capacity_count": 2}
    fleet = {"ways": [["a", "b", 40.0]], "home": "a", "vehicle_count": 2, "load_s": 8.0, "unload_s": 12.0}
    work = {"cycle_s": exponential(90.0)}
    parts = (Part("s1", "source"), Part("s2", "source"), Part("m1", "machine", work), Part("m2", "machine", work),
             Part("join", "merger"), Part("way", "agv_route", route), Part("sink", "sink"),
             Part("cars", "agv_fleet", fleet))  # fmt: skip
    links = (("s1.out", "m1.in"), ("s2.out", "m2.in"), ("m1.out", "join.in_1"), ("m2.out", "join.in_2"),
             ("join.out", "way.in"), ("way.out", "sink.in"))  # fmt: skip
    return Layout(parts, links)


def crew_line(seed: int, horizon_s: float, warm_s: float) -> int:
    """Three machines, buffers of three; they fail after exponential work and share one repair person."""
    chance, env = random.Random(seed), simpy.Environment()
    buffers = [simpy.Store(env, capacity=3) for _ in range(2)]
    crew = simpy.Resource(env, capacity=1)
    made = [0]

    def machine(turn):
        until = chance.expovariate(1 / 300.0)
        while True:
            if turn:
                yield buffers[turn - 1].get()
            left = chance.gammavariate(4.0, 10.0 / 4.0)
            while until < left:
                yield env.timeout(until)
                left -= until
                with crew.request() as turn_of_crew:
                    yield turn_of_crew
                    yield env.timeout(chance.lognormvariate(4.0, 0.5))
                until = chance.expovariate(1 / 300.0)
            yield env.timeout(left)
            until -= left
            if turn < 2:
                yield buffers[turn].put(1)
            elif env.now >= warm_s:
                made[0] += 1

    for turn in range(3):
        env.process(machine(turn))
    env.run(until=warm_s + horizon_s)
    return made[0]


def rework_line(seed: int, horizon_s: float, warm_s: float) -> tuple[int, int]:
    """Arrivals, a queue before a machine, an inspection that sends a quarter back up to twice; passed and rejected."""
    chance, env = random.Random(seed), simpy.Environment()
    queue = simpy.Store(env)
    passed, rejected = [0], [0]

    def arrivals():
        while True:
            yield env.timeout(chance.expovariate(1 / 16.0))
            yield queue.put(0)

    inspector = simpy.Resource(env, capacity=1)

    def machine():
        while True:
            times_back = yield queue.get()
            yield env.timeout(chance.weibullvariate(10.0, 1.5))
            place = inspector.request()
            yield place
            env.process(look(place, times_back))

    def look(place, times_back):
        yield env.timeout(2.0)
        inspector.release(place)
        if chance.random() >= 0.25:
            passed[0] += env.now >= warm_s
        elif times_back == 2:
            rejected[0] += env.now >= warm_s
        else:
            yield queue.put(times_back + 1)

    env.process(arrivals())
    env.process(machine())
    env.run(until=warm_s + horizon_s)
    return passed[0], rejected[0]


def vehicle_line(seed: int, horizon_s: float, warm_s: float) -> int:
    """Two machines share a pickup with two slots; two vehicles carry over 40 m and come back empty when called."""
    chance, env = random.Random(seed), simpy.Environment()
    slots, fleet = simpy.Resource(env, capacity=2), simpy.Resource(env, capacity=2)
    made, trips = [0], [0]

    def machine():
        while True:
            yield env.timeout(chance.expovariate(1 / 90.0))
            slot = slots.request()
            yield slot
            env.process(carry(slot))

    def carry(slot):
        with fleet.request() as vehicle:
            yield vehicle
            trips[0] += 1
            # at the beginning both vehicles stand at the pickup
            yield env.timeout(0.0 if trips[0] <= 2 else 40.0)
            slots.release(slot)
            yield env.timeout(8.0 + 40.0 + 12.0)
            made[0] += env.now >= warm_s

    env.process(machine())
    env.process(machine())
    env.run(until=warm_s + horizon_s)
    return made[0]
