import json

import pytest
from typer.testing import CliRunner

from tests.twin.spindle import BEARING, TEXT
from twin.cli import build
from twin.errors import NotFound


@pytest.fixture
def verb(tmp_path, monkeypatch):
    """Run one verb in an empty home that holds the spindle."""
    monkeypatch.setenv("TWIN_HOME", str(tmp_path / "home"))
    file = tmp_path / "plant.yaml"
    file.write_text(TEXT)

    def run(*words):
        return CliRunner().invoke(build(), list(words), catch_exceptions=False)

    assert run("plant", "import", str(file)).exit_code == 0
    return run


def test_the_table_names_the_failure_its_chances_and_what_to_do(verb):
    found = verb("predict", "spindle", "--worlds", "8")
    assert found.exit_code == 0
    line = next(row for row in found.stdout.splitlines() if row.startswith(BEARING))
    assert "bearing worn out" in line
    assert "replace bearing" in line
    assert "100%" in line
    assert " days" in line
    assert "a failure costs 5 times" in found.stdout
    assert "1 of 1 logged days stand for those to come" in found.stdout


def test_json_holds_every_forecast(verb):
    found = json.loads(verb("predict", "spindle", "--worlds", "8", "--json").stdout)
    assert {row["mode"] for row in found} >= {"bearing worn out", "insulation aged"}
    assert set(found[0]["probability"]) == {"1", "7", "30", "90", "365"}


def test_an_unknown_plant_is_refused(verb):
    with pytest.raises(NotFound):
        verb("predict", "nobody")
