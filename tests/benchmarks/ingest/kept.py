"""Runs of full size, kept beside the code with date and commit: too long for every `make bench`."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.benchmarks.measure import Section

FILE = Path(__file__).with_name("kept.json")
FULL = 10_000_000
HEAD = (
    "`TWIN_BENCH_ROWS=10000000 make bench` writes these rows anew; they stay until then. The limits asked for: at most "
    "2× the plain time, memory flat."
)


def keep(found: dict[str, Any]) -> None:
    """Put a run in the place of the last one into that database, if it was of full size."""
    if found["readings"] < FULL:
        return
    known = [run for run in runs() if run["database"] != found["database"]]
    when = {"date": datetime.now(UTC).date().isoformat(), "load": round(os.getloadavg()[0], 1)}
    FILE.write_text(json.dumps([*known, {**found, **when}], indent=2) + "\n")


def runs() -> list[dict[str, Any]]:
    """What is kept."""
    return json.loads(FILE.read_text()) if FILE.exists() else []


def section() -> Section:
    """The kept runs as a table."""
    lines = [HEAD, "", "| database | readings | twin ingest | plain | ours / plain | MB at start | MB at most | run |"]
    lines.append("|---|---|---|---|---|---|---|---|")
    for run in runs():
        when = f"{run['date']}, {run['commit']}, load {run['load']}"
        lines.append(
            f"| {run['database']} | {run['readings']:,} | {run['ingest_s']} s | {run['plain_s']} s | "
            f"{run['ratio']} | {run['rss_start_mb']} | {run['rss_peak_mb']} | {when} |"
        )
    return Section("Ingest of ten million readings", tuple(lines))
