"""The three lines that SimPy repeats in the tests, with a crew, rework and vehicles."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from physics.flow.compile import compile_line
from physics.flow.layout import Layout
from physics.flow.simulate import Method, Options, simulate
from tests.benchmarks.measure import Contender, Row, in_turn, timed
from tests.physics.flow import twins

SHIFT_S, REPLICATIONS, CORES, SAMPLES = 28_800.0, 10_000, 2, 30

TWINS: dict[str, tuple[Callable[[], Layout], Callable[[int], int]]] = {
    "three machines, buffers, breakdowns, one repair person":
        (twins.crew_layout, lambda seed: twins.crew_line(seed, SHIFT_S, 0.0)),
    "arrivals, a machine, an inspection that sends back up to twice":
        (twins.rework_layout, lambda seed: twins.rework_line(seed, SHIFT_S, 0.0)[0]),
    "two machines, two vehicles that come back empty":
        (twins.vehicle_layout, lambda seed: twins.vehicle_line(seed, SHIFT_S, 0.0)),
}  # fmt: skip


def rows() -> Iterator[Row]:
    """Ours by the recursion in turn with SimPy, and by events; SimPy's shifts timed on one core count for both."""
    for what, (layout, shift) in TWINS.items():
        line = compile_line(layout())
        made = _ours(line).astype(float)
        found: list[int] = []
        us, peer = in_turn(
            lambda line=line: _ours(line),
            lambda shift=shift, found=found: found.extend(shift(len(found)) for _ in range(SAMPLES)),
        )
        theirs = np.array(found, float)
        spread = np.sqrt(theirs.var(ddof=1) / len(theirs) + made.var(ddof=1) / len(made))
        yield Row(
            f"{what}, 8 h, {REPLICATIONS:,} replications",
            "≥ 200× SimPy",
            Contender("Plantwin by the recursion", us, 0.0),
            (Contender("Plantwin by events", timed(lambda line=line: _ours(line, Method.EVENTS), runs=1), 0.0),
             Contender("SimPy", peer, float(abs(theirs.mean() - made.mean()) / spread), REPLICATIONS / SAMPLES / CORES,
                       f"{SAMPLES} shifts timed on one core, scaled to all on {CORES}"),),
            "Error: how far SimPy's mean output is from ours, in standard errors of the difference",
            {"items a shift": round(float(made.mean()), 2)},
        )  # fmt: skip


def _ours(line, method=Method.RECURSION):
    found = simulate(
        line, horizon_s=SHIFT_S, worlds=REPLICATIONS, seed=1, options=Options(method=method, threads=CORES)
    )
    return found.sunk[:, line.places_of("good" if "good" in line.place_names else "sink")[0]]
