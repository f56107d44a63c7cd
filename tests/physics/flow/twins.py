"""Three lines in SimPy, written apart from our engine: a shared crew, rework, vehicles."""

from __future__ import annotations

import random

import simpy


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
