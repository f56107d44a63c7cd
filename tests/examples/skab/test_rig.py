"""One real experiment by the user's verbs: a valve is closed, and the flow says so."""

import json
import os
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from examples.skab.records import TEACHING_ROWS
from examples.skab.scores import FILE, FOLDER, PLANT
from twin.cli import build

pytestmark = [pytest.mark.rigs, pytest.mark.slow]


@pytest.fixture
def table():
    folder = os.environ.get("TWIN_DATA_DIR")
    if not folder or not (Path(folder) / FILE).exists():
        pytest.skip(f"no {FILE} in TWIN_DATA_DIR, which is {folder!r}")
    whole = pq.read_table(Path(folder) / FILE)
    return whole.filter(pc.and_(pc.equal(whole["group"], "valve1"), pc.equal(whole["file"], "8.csv")))


def verb(*words):
    found = CliRunner().invoke(build(), [*words, "--json"], catch_exceptions=False)
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


def test_a_closing_valve_alarms_by_the_flow(table, tmp_path, monkeypatch):
    monkeypatch.setenv("TWIN_HOME", str(tmp_path / "home"))
    pq.write_table(table, tmp_path / "one.parquet")
    verb("plant", "import", str(FOLDER / "plant.yaml"))
    verb("ingest", PLANT, str(tmp_path / "one.parquet"), "--mapping", str(FOLDER / "mapping.yaml"))
    times, odd = np.array(table["datetime"]), np.array(table["anomaly"]) == 1
    first, taught = f"{times[0]}Z", f"{times[TEACHING_ROWS]}Z"
    made = verb("recalibrate", PLANT, "--from", first, "--to", taught, "--members", "2")
    found = verb("anomalies", PLANT, "--from", first, "--learn-to", taught, "--version", str(made["version"]))
    alarm = np.array(found["alarm"])[(times - times[0]).astype("timedelta64[s]").astype(int)]
    before = ~odd & (np.arange(len(odd)) >= TEACHING_ROWS) & (np.arange(len(odd)) < odd.argmax())
    # A fault that a person labels must be told from the minutes before it by far more than chance.
    assert alarm[odd].mean() > 0.5
    assert alarm[before].mean() < 0.1
    longest = max(found["episodes"], key=lambda item: item["end_us"] - item["start_us"])
    assert longest["tag"] == "FT"
