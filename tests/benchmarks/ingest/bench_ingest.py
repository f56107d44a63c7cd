"""Time and memory of taking a log in, beside plain inserts of the same readings into the same table.

    python tests/benchmarks/ingest/bench_ingest.py --readings 10000000 [--database-url postgresql+psycopg://…]

Prints one JSON line. The plain contender is `executemany` on SQLite and a binary `COPY` straight into the table on
PostgreSQL, both from arrays that lie ready in memory, in batches of the same size, committed batch by batch.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import platform
import resource
import subprocess
import sys
import tempfile
import time
from itertools import repeat
from pathlib import Path

import numpy as np
from sqlalchemy import text

from twin.services import ingest, plants, readings
from twin.services.context import Context
from twin.services.database import migrate
from twin.settings import Settings
from twin.store import copy_format
from twin.store.reading_rows import COLUMNS, COPIED_STRAIGHT

TAGS = 20
START_US = 1_700_000_000_000_000
BATCH = 400_000
MAPPING = "time: {column: time, zone: UTC}\ncolumns:\n" + "".join(
    f"  c{tag}: {{tag: T{tag}, unit: bar}}\n" for tag in range(TAGS)
)


def write_log(path: Path, rows: int, seed: int) -> None:
    """A wide CSV at 1 Hz: ISO times and numbers with four decimals."""
    random = np.random.default_rng(seed)
    with path.open("w") as file:
        file.write("time," + ",".join(f"c{tag}" for tag in range(TAGS)) + "\n")
        for first in range(0, rows, 10_000):
            count = min(10_000, rows - first)
            times = np.datetime_as_string(
                (np.int64(START_US // 1_000_000) + first + np.arange(count)).astype("datetime64[s]")
            )
            for moment, row in zip(times, random.normal(5.0, 1.0, (count, TAGS)), strict=True):
                file.write(f"{moment}Z," + ",".join(f"{value:.4f}" for value in row) + "\n")


def open_context(home: Path, url: str) -> Context:
    """A migrated, empty installation."""
    settings = Settings(home=home, database_url=url, jobs_url="")
    migrate(settings)
    return Context.open(settings)


def run_ingest(home: Path, url: str, log: Path, answer: multiprocessing.Queue) -> None:
    """Take the log in; tell seconds, peak resident bytes before and after, and the times of two usual questions."""
    context = open_context(home, url)
    sensors = "".join(f"  - {{tag: T{tag}, unit: bar}}\n" for tag in range(TAGS))
    plants.create(context, f"plant: bench\nsensors:\n{sensors}", author="bench", reason="bench")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    start = time.perf_counter()
    report = ingest.ingest(context, "bench", log, MAPPING)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    start = time.perf_counter()
    readings.series(context, "bench", ["T3"], max_points=2000)
    thinned_s = time.perf_counter() - start
    start = time.perf_counter()
    hour = readings.series(context, "bench", ["T3"], START_US, START_US + 3_600_000_000, max_points=10_000)
    hour_s = time.perf_counter() - start
    assert len(hour[0].times_us) > 0
    answer.put((seconds, before, peak, report.accepted, thinned_s, hour_s))


def run_plain(home: Path, url: str, rows: int, seed: int, answer: multiprocessing.Queue) -> None:
    """Insert the same number of readings plainly."""
    context = open_context(home, url)
    random, rows_each = np.random.default_rng(seed), max(BATCH // TAGS, 1)
    seconds = 0.0
    for first in range(0, rows, rows_each):
        count = min(rows_each, rows - first)
        signal = np.repeat(np.arange(TAGS, dtype=np.int32), count)
        times = np.tile(START_US + (first + np.arange(count)) * 1_000_000, TAGS)
        values = random.normal(5e5, 1e5, count * TAGS)
        start = time.perf_counter()
        with context.sessions.begin() as session:
            driver = session.connection().connection.driver_connection
            (plain_copy if url else plain_executemany)(driver, signal, times, values)
        seconds += time.perf_counter() - start
    with context.sessions() as session:
        assert session.execute(text("SELECT count(*) FROM reading")).scalar() == rows * TAGS
    answer.put((seconds,))


def plain_executemany(driver, signal, times, values) -> None:
    rows = zip(signal.tolist(), times.tolist(), repeat(1), values.tolist(), repeat(0), repeat(START_US), strict=False)
    driver.executemany("INSERT INTO reading VALUES (?, ?, ?, ?, ?, ?)", rows)


def plain_copy(driver, signal, times, values) -> None:
    count = len(signal)
    columns = {"signal_id": signal, "time_us": times, "version": np.ones(count), "value": values}
    columns |= {"quality": np.zeros(count), "received_us": np.full(count, START_US)}
    rows = copy_format.to_bytes(columns, COPIED_STRAIGHT)
    with driver.cursor() as cursor, cursor.copy(f"COPY reading {COLUMNS} FROM STDIN (FORMAT BINARY)") as copy:
        copy.write(copy_format.HEADER + rows + copy_format.TRAILER)


def apart(function, *arguments) -> tuple:
    """Run in a process of its own, so that its peak memory is its own."""
    spawn = multiprocessing.get_context("spawn")
    answer = spawn.Queue()
    process = spawn.Process(target=function, args=(*arguments, answer))
    process.start()
    found = answer.get()
    process.join()
    return found


def clear(url: str) -> None:
    """Empty the PostgreSQL database between contenders."""
    if url:
        context = Context.open(Settings(home=Path("unused"), database_url=url, jobs_url=""))
        with context.sessions.begin() as session:
            session.execute(text("DROP SCHEMA public CASCADE"))
            session.execute(text("CREATE SCHEMA public"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readings", type=int, default=1_000_000)
    parser.add_argument("--database-url", default="", help="PostgreSQL; SQLite in a temporary folder by default")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=None, help="where temporary files go")
    options = parser.parse_args()
    rows, url = options.readings // TAGS, options.database_url
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        log = folder / "log.csv"
        write_log(log, rows, options.seed)
        clear(url)
        (plain_s,) = apart(run_plain, folder / "plain", url, rows, options.seed)
        clear(url)
        seconds, before, peak, accepted, thinned_s, hour_s = apart(run_ingest, folder / "ours", url, log)
        assert accepted == rows * TAGS
        result = {
            "benchmark": "ingest",
            "database": "postgresql" if url else "sqlite",
            "readings": accepted,
            "log_bytes": log.stat().st_size,
            "ingest_s": round(seconds, 2),
            "plain_s": round(plain_s, 2),
            "ratio": round(seconds / plain_s, 2),
            "readings_per_s": round(accepted / seconds),
            "rss_start_mb": round(before / 2**20),
            "rss_peak_mb": round(peak / 2**20),
            "series_thinned_s": round(thinned_s, 3),
            "signal_hour_s": round(hour_s, 4),
            "commit": subprocess.run(
                ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True
            ).stdout.strip(),
            "seed": options.seed,
            "machine": platform.processor() or platform.machine(),
            "python": platform.python_version(),
        }
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
