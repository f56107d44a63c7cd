"""A serial line that breaks down, one shift, ten thousand times: beside SimPy and salabim in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from physics.flow.compile import compile_line
from physics.flow.layout import Part, in_series
from physics.flow.pack import CompiledLine
from physics.flow.simulate import Method, Options, simulate
from tests.benchmarks.flow.peers import Plan, by_salabim, by_simpy
from tests.benchmarks.measure import Contender, Row, Timing, in_turn, timed

PLAN = Plan()
REPLICATIONS, CORES = 10_000, 2
SAMPLES = {"SimPy": 60, "salabim": 12}
"""Shifts that a peer is timed on; it takes one after the other on one core."""


def line(plan: Plan = PLAN) -> CompiledLine:
    """The line for our engine."""
    parts, beside = [Part("source", "source")], []
    for turn in range(plan.machines):
        cycle = {"uniform": {"low_s": plan.cycle_low_s, "high_s": plan.cycle_high_s}}
        parts.append(Part(f"m{turn}", "machine", {"cycle_s": cycle}))
        if turn < plan.machines - 1:
            parts.append(Part(f"b{turn}", "buffer", {"capacity_count": plan.slots}))
        failing = {"between_s": plan.between_s, "repair_s": plan.repair_s}
        times = {name: {"exponential": {"mean_s": mean_s}} for name, mean_s in failing.items()}
        beside.append(Part(f"d{turn}", "breakdown", {"machine": f"m{turn}"} | times))
    layout = in_series(*parts, Part("sink", "sink"))
    return compile_line(type(layout)((*layout.parts, *beside), layout.links, layout.products))


def rows() -> Iterator[Row]:
    """Ours by the recursion and by events; the peers scaled from some shifts to all, credited with both cores."""
    compiled = line()

    def ours(method: Method) -> Callable[[], np.ndarray]:
        return lambda: simulate(
            compiled, horizon_s=PLAN.shift_s, worlds=REPLICATIONS, seed=1, options=Options(method=method, threads=CORES)
        ).finished[:, 0]

    made = ours(Method.RECURSION)()
    shifts = {
        "SimPy": _Shifts(lambda seed: by_simpy(PLAN, seed), SAMPLES["SimPy"]),
        "salabim": _Shifts(lambda seed: by_salabim(PLAN, seed), SAMPLES["salabim"]),
    }
    timing, *theirs = in_turn(ours(Method.RECURSION), *shifts.values(), runs=5)
    peers = [_peer(name, shifts[name], found, made) for name, found in zip(shifts, theirs, strict=True)]
    by_events = Contender("Plantwin by events, as for any line", timed(ours(Method.EVENTS), runs=3), 0.0)
    us = Contender("Plantwin, max-plus recursion", timing, 0.0)
    yield Row(
        f"serial line of {PLAN.machines} machines with breakdowns, 8 h, {REPLICATIONS:,} replications",
        "≥ 200× SimPy",
        us,
        (by_events, *peers),
        "Error of a peer: how far its mean output is from ours, in standard errors of the difference",
        {"items a shift": round(float(made.mean()), 2),
         "SimPy over us by events": round(peers[0].seconds / by_events.seconds, 1)},
    )  # fmt: skip


class _Shifts:
    """Some shifts of a peer, others each time; what each of them made is kept."""

    def __init__(self, shift: Callable[[int], int], count: int) -> None:
        self.shift, self.count, self.made = shift, count, list[int]()

    def __call__(self) -> None:
        self.made.extend(self.shift(len(self.made) + 1) for _ in range(self.count))


def _peer(name: str, shifts: _Shifts, timing: Timing, made: np.ndarray) -> Contender:
    counts = np.array(shifts.made, float)
    spread = np.sqrt(counts.var(ddof=1) / len(counts) + made.var(ddof=1) / len(made))
    note = f"{shifts.count} shifts timed on one core, scaled to all on {CORES}"
    return Contender(
        name, timing, float(abs(counts.mean() - made.mean()) / spread), REPLICATIONS / shifts.count / CORES, note
    )
