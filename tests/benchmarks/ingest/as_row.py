"""Ingest beside plain inserts into the same table, as a line of the benchmark."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.measure import Contender, Row, Timing

ROOT = Path(__file__).parents[3]
READINGS = 2_000_000
"""`bench_ingest.py --readings 10000000` does the whole of what was asked for; ratios are alike."""


def rows(readings: int = READINGS) -> Iterator[Row]:
    """One run of each on SQLite, in processes of their own."""
    script = ROOT / "tests" / "benchmarks" / "ingest" / "bench_ingest.py"
    ended = subprocess.run(
        [sys.executable, str(script), "--readings", str(readings)], capture_output=True, text=True, check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    found = json.loads(ended.stdout.splitlines()[-1])
    ours = Contender("twin ingest, from a CSV log", Timing((found["ingest_s"],), 0.0))
    peer = Contender("executemany of ready arrays", Timing((found["plain_s"],), 0.0))
    numbers = {"MB at start": found["rss_start_mb"], "MB at most": found["rss_peak_mb"]}
    yield Row(f"ingest of {readings:,} readings into SQLite", "at most 2× the peer's time (ratio ≥ 0.5), memory flat",
              ours, (peer,), numbers=numbers)  # fmt: skip
