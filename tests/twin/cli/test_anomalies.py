import json

import numpy as np
import pytest
from typer.testing import CliRunner

from tests.twin.services.test_prediction import TEXT, cooling
from twin.cli import build
from twin.errors import InvalidInput

ODD_S, LEARN_TO = 2000.0, "2026-03-02T00:25:00Z"


@pytest.fixture
def verb(tmp_path, monkeypatch):
    """Run one verb in an empty home that holds the block and its log."""
    monkeypatch.setenv("TWIN_HOME", str(tmp_path / "home"))
    (tmp_path / "plant.yaml").write_text(TEXT)
    (tmp_path / "mapping.yaml").write_text("time: {column: time}\ncolumns: {t: {tag: TT-1, unit: K}}\n")
    t_s = np.arange(300) * 10.0
    value = cooling(t_s) + 0.1 * np.random.default_rng(0).normal(size=300) + 2.0 * (t_s >= ODD_S)
    begin = np.datetime64("2026-03-02T00:00:00")
    rows = [f"{begin + int(t)}Z,{v:.4f}" for t, v in zip(t_s, value, strict=True)]
    (tmp_path / "log.csv").write_text("time,t\n" + "\n".join(rows) + "\n")

    def run(*words):
        return CliRunner().invoke(build(), list(words), catch_exceptions=False)

    assert run("plant", "import", str(tmp_path / "plant.yaml")).exit_code == 0
    mapping = ("--mapping", str(tmp_path / "mapping.yaml"))
    assert run("ingest", "block", str(tmp_path / "log.csv"), *mapping).exit_code == 0
    return run


def test_the_text_names_time_and_tag_of_an_episode(verb):
    found = verb("anomalies", "block", "--learn-to", LEARN_TO, "--margin", "1.5")
    assert found.exit_code == 0
    lines = found.stdout.splitlines()
    assert lines[0].startswith("block: ")
    assert lines[-1].startswith("2026-03-02T00:33:")
    assert lines[-1].endswith("TT-1")


def test_json_holds_a_score_for_every_row(verb):
    found = json.loads(verb("anomalies", "block", "--learn-to", LEARN_TO, "--json").stdout)
    assert found["tags"] == ["TT-1"]
    assert len(found["times_us"]) == len(found["score"]) == len(found["alarm"]) == 300


def test_a_time_without_offset_is_refused(verb):
    with pytest.raises(InvalidInput, match="--learn-to"):
        verb("anomalies", "block", "--learn-to", "yesterday")
