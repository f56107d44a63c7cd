"""`make bench`: the engine beside its peers in one run; writes docs/benchmarks.md and one JSON line for each work."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.benchmarks.flow import bench_line
from tests.benchmarks.ingest import as_row
from tests.benchmarks.measure import Row, surroundings
from tests.benchmarks.page import page
from tests.benchmarks.simulate import (
    bench_bottling,
    bench_gradient,
    bench_hall,
    bench_horizon,
    bench_progpy,
    bench_scaling,
    bench_stiff,
)

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
UNBUILT = (
    Row("12-state loop, fixed-step RK4, 10,000 worlds, float32 and float64", "≥ 10× numba scalar, ≥ 1× hand-laned",
        reason="the engine has no explicit integrator and no float32"),
    Row("the same with a 16-64-64-12 network in the step", "≥ 4× torch.compile",
        reason="corrections have one hidden layer of some units; larger networks need a loop in the lanes"),
    Row("what-if through the API: demo plant, 8 h, 256 worlds", "p95 ≤ 5 s",
        reason="needs a trained plant in service; the engine's part and its growth are above"),
    Row("share of the core's measured peak in the step kernel", "≥ 40 % physics, ≥ 60 % network",
        reason="no count of the step's operations yet"),
)  # fmt: skip
WORKS: dict[str, Callable[[], Iterable[Row]]] = {
    "stiff": bench_stiff.rows,
    "progpy": bench_progpy.rows,
    "hall": bench_hall.rows,
    "gradient": bench_gradient.rows,
    "bottling": bench_bottling.rows,
    "horizon": bench_horizon.rows,
    "line": bench_line.rows,
    "ingest": as_row.rows,
}


def line(row: Row, around: dict[str, str]) -> str:
    """One work as JSON."""
    found = {"work": row.work, **row.numbers}
    for one in (row.ours, *row.peers):
        if one is not None:
            found[one.name] = {"seconds": one.timing.seconds, "scale": one.scale, "error": one.error}
    return json.dumps(found | around)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=[*WORKS, "scaling"], help="one work; writes no page")
    chosen = parser.parse_args().only
    around = surroundings()
    rows = []
    for name, work in WORKS.items():
        if chosen in (None, name):
            for row in work():
                rows.append(row)
                sys.stdout.write(line(row, around) + "\n")
                sys.stdout.flush()
    growths = list(bench_scaling.growths()) if chosen in (None, "scaling") else []
    for growth in growths:
        sys.stdout.write("\n".join(bench_scaling.table(growth)) + "\n")
    if chosen is None:
        PAGE.write_text(page([*rows, *UNBUILT], growths, around))


if __name__ == "__main__":
    main()
