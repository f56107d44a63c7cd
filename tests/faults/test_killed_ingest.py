"""`kill -9` in the middle of taking a log in: nothing lost, nothing doubled."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from twin.services import ingest, plants, readings

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60.0
ROWS = 30_000
PLANT = "plant: p\nsensors:\n  - {tag: A, unit: V}\n  - {tag: B, unit: V}\n"
MAPPING = "time: {every_s: 1, origin: 2020-01-01T00:00:00Z}\ncolumns: {a: {tag: A, unit: V}, b: {tag: B, unit: V}}\n"
CHILD = """
import sys, time
from pathlib import Path
from twin.ingest import csv_log
from twin.services import ingest
from twin.services.context import Context
from twin.settings import Settings
csv_log.read_csv.__kwdefaults__["block_bytes"] = 10_000
home, url, log, mapping = sys.argv[1:]
context = Context.open(Settings(home=Path(home), database_url=url, jobs_url=""))
def tell(share, text):
    print(share, flush=True)
    time.sleep(0.05)
ingest.ingest(context, "p", Path(log), Path(mapping).read_text(), progress=tell)
"""


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("a,b\n" + "".join(f"{row},{row * 0.25}\n" for row in range(ROWS)) + "broken\n")
    return path


def killed_after(pieces, context, log, mapping):
    """Start a reading, kill it once it told of so many pieces."""
    words = [context.home, context.settings.database_url, log, mapping]
    command = [sys.executable, "-c", CHILD, *map(str, words)]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ})
    end = time.monotonic() + PATIENCE_S
    for _piece in range(pieces):
        assert child.stdout is not None
        assert child.stdout.readline(), "the reading ended by itself"
        assert time.monotonic() < end
    child.send_signal(signal.SIGKILL)
    child.wait(PATIENCE_S)
    child.stdout.close()


def test_killed_ingest_goes_on_without_loss_or_doubles(context, log, tmp_path):
    plants.create(context, PLANT, author="ada", reason="test")
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(MAPPING)
    for pieces in (2, 1):
        killed_after(pieces, context, log, mapping)
    (half,) = ingest.history(context, "p")
    assert 0 < half.rows < ROWS
    assert not half.complete
    report = ingest.ingest(context, "p", log, MAPPING)
    assert (report.resumed, report.rows, report.accepted, report.duplicates) == (True, ROWS, 2 * ROWS, 0)
    assert report.quarantined == 1
    first, second = readings.series(context, "p", ["A", "B"], max_points=10 * ROWS)
    assert first.values.tolist() == list(range(ROWS))
    assert second.values.tolist() == [row * 0.25 for row in range(ROWS)]
    assert readings.status(context, "p").readings == 2 * ROWS
