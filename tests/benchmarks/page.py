"""The benchmark as a page: a table for each work with peers, errors and ratios; growth; profiles; machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.benchmarks.growth import Growth, table
from tests.benchmarks.kept import Measured
from tests.benchmarks.measure import Row, Section, told

HEAD = """# Benchmarks

Written by `make bench`. Peers run beside us in one run, on the same equations, inputs and tolerances; the error of each
is measured against a tight reference, because equal tolerances do not mean equal errors. Times are medians (worst,
number of runs) after a run to warm up; that first run, compiling included, stands apart. The ratio is the peer's time
over ours for the same work; errors are those of the states (or slopes) at the end. Solvers that take one world after
the other are timed on one core and credited with both. Quote the ratios, not the seconds. What-ifs are asked of a copy
of the home in TWIN_BENCH_HOME, else of the finished demo's, else of one that is made first.
"""
COLUMNS = "| | time | first run | for all the work | error | peer / ours |\n|---|---|---|---|---|---|"
OWN = ("load before", "commit", "took")
"""Told with each work, the rest once."""
PICTURE = "scaling.svg"
GROWTH = f"""
## Growth of cost

![Seconds against worlds, hours and components, log-log]({PICTURE})

Dotted: in proportion. A slope below one means that fixed costs still count.
"""


def page(works: Mapping[str, Measured]) -> str:
    """The whole of docs/benchmarks.md."""
    newest = {key: value for own in works.values() for key, value in own.around.items() if key not in OWN}
    parts = [HEAD, "\n".join(f"- {key}: {value}" for key, value in newest.items())]
    missing = []
    for name, own in works.items():
        rows = [one for one in own.findings if isinstance(one, Row)]
        growths = [one for one in own.findings if isinstance(one, Growth)]
        sections = [one for one in own.findings if isinstance(one, Section)]
        told_at = _measured_at(name, own.around)
        for row in rows:
            parts += _row(row, told_at) if row.ours is not None else []
        parts += [GROWTH + told_at] if growths and name == "scaling" else []
        for growth in growths:
            parts += table(growth)
        for section in sections:
            parts += [f"\n## {section.title}\n", told_at, *section.lines]
        missing += [f"- {row.work} ({row.target}): {row.reason}." for row in rows if row.ours is None]
    parts += ["\n## Not measured here\n", *missing] if missing else []
    return "\n".join(parts) + "\n"


def _measured_at(name: str, around: Mapping[str, str]) -> str:
    """Which work, commit and load a table comes from."""
    load = around["load before"].split()[0]
    busy = " – **other work shared the cores**, ratios are uncertain by some tens of percent" if float(load) > 1 else ""
    return f"`make bench WORKS={name}`, commit {around['commit']}, load before {load}{busy}.\n"


def _row(row: Row, told_at: str) -> Sequence[str]:
    """A work as its own table, with notes below."""
    notes = [f"{name}: {value:,g}" for name, value in row.numbers.items()]
    notes += [f"{peer.name}: {peer.note}" for peer in row.peers if peer.note] + ([row.reason] if row.reason else [])
    told_notes = "\n" + ". ".join(notes) + "." if notes else ""
    return (f"\n## {row.work}\n\nAsked for: {row.target}.\n\n{told_at}\n{COLUMNS}", *_lines(row), told_notes)


def _lines(row: Row) -> list[str]:
    assert row.ours is not None
    found = []
    for one in (row.ours, *row.peers):
        error = "–" if one.error is None else f"{one.error:.1e}"
        ratio = "1" if one is row.ours else f"**{one.seconds / row.ours.seconds:,.3g}**"
        first = told(one.timing.first_s) if one.timing.first_s else "–"
        found.append(f"| {one.name} | {one.timing} | {first} | {told(one.seconds)} | {error} | {ratio} |")
    return found
