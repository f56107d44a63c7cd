"""`make bench`: the engine beside its peers; writes docs/benchmarks.md and one JSON line for each finding.

Each work is measured on its own: one that fails says why on the page, and the others go on. `make bench WORKS="stiff
line"` runs some anew; the page keeps what the others found last, with commit and load.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from tests.benchmarks import kept
from tests.benchmarks.growth import Growth
from tests.benchmarks.kept import Finding
from tests.benchmarks.measure import Row, Section, surroundings
from tests.benchmarks.page import PICTURE, page
from tests.benchmarks.plot import draw

DOCS = Path(__file__).parents[2] / "docs"
KEPT = DOCS / "benchmarks.json"
WORKS = {
    "compile": "compile.bench_compile:rows",
    "stiff": "simulate.bench_stiff:rows",
    "rk4": "simulate.bench_rk4:rows",
    "network": "simulate.bench_network:rows",
    "progpy": "simulate.bench_progpy:rows",
    "hall": "simulate.bench_hall:rows",
    "gradient": "simulate.bench_gradient:rows",
    "bottling": "simulate.bench_bottling:rows",
    "horizon": "simulate.bench_horizon:rows",
    "line": "flow.bench_line:rows",
    "twins": "flow.bench_twins:rows",
    "what-if": "api.bench_what_if:measured",
    "ingest": "ingest.as_row:rows",
    "now": "estimation.bench_now:rows",
    "scaling": "simulate.bench_scaling:growths",
    "profile": "simulate.bench_profile:sections",
}
"""Where each work is found below this folder; loaded one by one, so that a missing peer stops only its own."""


def findings(names: Iterable[str], *, works: dict[str, str] = WORKS) -> Iterator[Finding]:
    """What the works find, in their order; a failure in words in the place of what is missing."""
    for name in names:
        try:
            yield from _load(works[name])()
        except Exception as failure:
            sys.stderr.write(f"{name}: {failure!r}\n")
            words = " ".join(str(failure).split())[:300] or "no reason given"
            yield Row(name, "see above", reason=f"{type(failure).__name__}: {words}")


def _load(place: str) -> Callable[[], Iterable[Finding]]:
    module, _, function = place.partition(":")
    found: Callable[[], Iterable[Finding]] = getattr(importlib.import_module(f"tests.benchmarks.{module}"), function)
    return found


def line(found: Finding, around: dict[str, str]) -> str:
    """One finding as JSON."""
    if isinstance(found, Growth | Section):
        return json.dumps(asdict(found) | around)
    told = {"work": found.work, **found.numbers} | ({"reason": found.reason} if found.reason else {})
    for one in (found.ours, *found.peers):
        if one is not None:
            told[one.name] = {"seconds": one.timing.seconds, "scale": one.scale, "error": one.error}
    return json.dumps(told | around)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("works", nargs="*", metavar="WORK", help=f"all by default, or some of: {', '.join(WORKS)}")
    chosen = parser.parse_args().works or list(WORKS)
    if unknown := [name for name in chosen if name not in WORKS]:
        parser.error(f"works: got {', '.join(unknown)}, need some of {', '.join(WORKS)}")
    known = kept.read(KEPT)
    for name in chosen:
        around, found, begin = surroundings(), [], time.perf_counter()
        for one in findings([name]):
            found.append(one)
            sys.stdout.write(line(one, around) + "\n")
            sys.stdout.flush()
        around["took"] = f"{(time.perf_counter() - begin) / 60:.1f} min"
        known[name] = kept.Measured(tuple(found), around)
        kept.write(KEPT, {name: known[name] for name in WORKS if name in known})
    growths = [one for own in known.values() for one in own.findings if isinstance(one, Growth)]
    if growths:
        draw(growths, DOCS / PICTURE)
    (DOCS / "benchmarks.md").write_text(page({name: known[name] for name in WORKS if name in known}))


if __name__ == "__main__":
    main()
