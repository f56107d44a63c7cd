"""One line in SimPy and in salabim: machines with uniform cycles that break down after exponential working time."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """Ten machines, buffers of ten, one shift; times in seconds."""

    machines: int = 10
    slots: int = 10
    cycle_low_s: float = 48.0
    cycle_high_s: float = 72.0
    between_s: float = 7200.0
    repair_s: float = 600.0
    shift_s: float = 28_800.0


def cycles(plan: Plan, chance: random.Random) -> Callable[[], float]:
    """Times from an item's start to its end, repairs included: both peers draw them at once, their cheapest way."""
    until = chance.expovariate(1 / plan.between_s)

    def draw() -> float:
        nonlocal until
        left = chance.uniform(plan.cycle_low_s, plan.cycle_high_s)
        whole = left
        while until < left:
            left -= until
            whole += chance.expovariate(1 / plan.repair_s)
            until = chance.expovariate(1 / plan.between_s)
        until -= left
        return whole

    return draw


def by_simpy(plan: Plan, seed: int) -> int:
    """Items that one shift makes, a process for each machine, a Store for each buffer."""
    import simpy

    chance, env = random.Random(seed), simpy.Environment()
    buffers = [simpy.Store(env, capacity=plan.slots) for _ in range(plan.machines - 1)]
    made = 0

    def machine(turn: int):
        nonlocal made
        draw = cycles(plan, chance)
        while True:
            if turn:
                yield buffers[turn - 1].get()
            yield env.timeout(draw())
            if turn < plan.machines - 1:
                yield buffers[turn].put(1)
            else:
                made += 1

    for turn in range(plan.machines):
        env.process(machine(turn))
    env.run(until=plan.shift_s)
    return made


def by_salabim(plan: Plan, seed: int) -> int:
    """The same with salabim's components and stores."""
    import salabim

    salabim.yieldless(False)
    chance = random.Random(seed)
    env = salabim.Environment(trace=False, random_seed=seed, time_unit="seconds")
    buffers = [salabim.Store(f"b{turn}", capacity=plan.slots, env=env) for turn in range(plan.machines - 1)]
    made = [0]

    class Machine(salabim.Component):
        def setup(self, turn: int) -> None:
            self.turn, self.draw = turn, cycles(plan, chance)

        def process(self):
            while True:
                if self.turn:
                    yield self.from_store(buffers[self.turn - 1])
                    item = self.from_store_item()
                else:
                    item = salabim.Component("item.", env=env)
                yield self.hold(self.draw())
                if self.turn < plan.machines - 1:
                    yield self.to_store(buffers[self.turn], item)
                else:
                    made[0] += 1

    for turn in range(plan.machines):
        Machine(turn=turn, env=env)
    env.run(till=plan.shift_s)
    return made[0]
