"""A serial line that breaks down, one shift, ten thousand times: beside SimPy and salabim in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from physics.flow.compile import compile_line
from physics.flow.layout import Part, in_series
from physics.flow.pack import CompiledLine
from physics.flow.simulate import Method, Options, simulate
from tests.benchmarks.flow.peers import Plan, by_salabim, by_simpy
from tests.benchmarks.measure import Contender, Row, timed

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
    peers = [
        _peer("SimPy", lambda seed: by_simpy(PLAN, seed), made),
        _peer("salabim", lambda seed: by_salabim(PLAN, seed), made),
    ]
    by_events = Contender("Plantwin by events, as for any line", timed(ours(Method.EVENTS), runs=3), 0.0)
    us = Contender("Plantwin, max-plus recursion", timed(ours(Method.RECURSION)), 0.0)
    yield Row(
        f"serial line of {PLAN.machines} machines with breakdowns, 8 h, {REPLICATIONS:,} replications",
        "≥ 200× SimPy",
        us,
        (by_events, *peers),
        "Error of a peer: how far its mean output is from ours, in standard errors of the difference",
        {"items a shift": round(float(made.mean()), 2),
         "SimPy over us by events": round(peers[0].seconds / by_events.seconds, 1)},
    )  # fmt: skip


def _peer(name: str, shift: Callable[[int], int], made: np.ndarray) -> Contender:
    samples = SAMPLES[name]
    found: list[int] = []
    timing = timed(lambda: found.extend(shift(len(found) + 1) for _ in range(samples)), runs=3)
    counts = np.array(found, float)
    spread = np.sqrt(counts.var(ddof=1) / len(counts) + made.var(ddof=1) / len(made))
    note = f"{samples} shifts timed on one core, scaled to all on {CORES}"
    return Contender(
        name, timing, float(abs(counts.mean() - made.mean()) / spread), REPLICATIONS / samples / CORES, note
    )
