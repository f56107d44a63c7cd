"""Ingest beside plain inserts into the same table, as lines of the benchmark."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from tests.benchmarks.ingest import kept, postgres
from tests.benchmarks.measure import Contender, Row, Section, Timing

ROOT = Path(__file__).parents[3]
READINGS = int(os.environ.get("TWIN_BENCH_ROWS", "2000000"))
"""TWIN_BENCH_ROWS=10000000 does the whole of what was asked for, in some minutes more; ratios are alike."""
TARGET = "at most 2× the peer's time (ratio ≥ 0.5), memory flat"
PLAIN = {"SQLite": "executemany of ready arrays", "PostgreSQL": "binary COPY of ready arrays"}


def rows(readings: int = READINGS) -> Iterator[Row | Section]:
    """One run of each into SQLite and PostgreSQL, in processes of their own; then what was kept of larger runs."""
    for database in PLAIN:
        work = f"ingest of {readings:,} readings into {database}"
        if database == "PostgreSQL" and postgres.programs() is None:
            yield Row(work, TARGET, reason="initdb (Debian package postgresql) is absent")
            continue
        with nullcontext("") if database == "SQLite" else postgres.server() as url:
            found = run(readings, url)
        kept.keep(found)
        ours = Contender("twin ingest, from a CSV log", Timing((found["ingest_s"],), 0.0))
        peer = Contender(PLAIN[database], Timing((found["plain_s"],), 0.0))
        numbers = {"MB at start": found["rss_start_mb"], "MB at most": found["rss_peak_mb"]}
        yield Row(work, TARGET, ours, (peer,), numbers=numbers)
    yield kept.section()


def run(readings: int, url: str) -> dict[str, Any]:
    """What `bench_ingest.py` measures."""
    script = ROOT / "tests" / "benchmarks" / "ingest" / "bench_ingest.py"
    words = [sys.executable, str(script), "--readings", str(readings), *(["--database-url", url] if url else [])]
    ended = subprocess.run(
        words, capture_output=True, text=True, check=False, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    if ended.returncode:
        raise RuntimeError(ended.stderr.strip().splitlines()[-1])
    found: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return found
