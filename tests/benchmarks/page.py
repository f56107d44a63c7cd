"""The benchmark as a page: one line for each work and peer, with errors, ratios and machine."""

from __future__ import annotations

from collections.abc import Iterable

from tests.benchmarks.measure import Row, told
from tests.benchmarks.simulate.bench_scaling import Growth, table

HEAD = """# Benchmarks

Written by `make bench`. Peers run beside us in one run, on the same equations, inputs and tolerances; the error of each
is measured against a tight reference, because equal tolerances do not mean equal errors. Times are medians (worst,
number of runs) after a run to warm up; that first run, compiling included, stands apart. The ratio is the peer's time
over ours for the same work; errors are those of the states (or slopes) at the end. Solvers that take one world after
the other are timed on one core and credited with both. Quote the ratios, not the seconds.
"""
COLUMNS = "| | time | first run | for all the work | error | peer / ours |\n|---|---|---|---|---|---|"


BUSY = (
    "\n**Other work shared the cores during this run** (see the load): times are longer than on a quiet machine and "
    "ratios uncertain by some tens of percent."
)


def page(rows: Iterable[Row], growths: Iterable[Growth], around: dict[str, str]) -> str:
    """The whole of docs/benchmarks.md."""
    parts = [HEAD, "\n".join(f"- {key}: {value}" for key, value in around.items())]
    parts += [BUSY] if float(around["load before"].split()[0]) > 1 else []
    missing = []
    for row in rows:
        if row.ours is None:
            missing.append(f"- {row.work} ({row.target}): {row.reason}.")
            continue
        parts.append(f"\n## {row.work}\n\nAsked for: {row.target}.\n\n{COLUMNS}")
        parts += _lines(row)
        notes = [f"{name}: {value:,g}" for name, value in row.numbers.items()]
        notes += [f"{peer.name}: {peer.note}" for peer in row.peers if peer.note] + ([row.reason] if row.reason else [])
        parts.append("\n" + ". ".join(notes) + "." if notes else "")
    parts.append("\n## Growth of cost\n")
    for growth in growths:
        parts += table(growth)
    parts += ["\n## Not measured here\n", *missing]
    return "\n".join(parts) + "\n"


def _lines(row: Row) -> list[str]:
    assert row.ours is not None
    found = []
    for one in (row.ours, *row.peers):
        error = "–" if one.error is None else f"{one.error:.1e}"
        ratio = "1" if one is row.ours else f"**{one.seconds / row.ours.seconds:,.3g}**"
        first = told(one.timing.first_s) if one.timing.first_s else "–"
        found.append(f"| {one.name} | {one.timing} | {first} | {told(one.seconds)} | {error} | {ratio} |")
    return found
