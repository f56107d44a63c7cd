import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from physics.cell import runner
from tests.twin.cell_result import PLANT, stand_in
from twin.cli import build
from twin.errors import InvalidInput, NotReady

EXAMPLE = str(Path(__file__).parents[3] / "examples" / "palletiser" / "cell.yaml")


@pytest.fixture
def verb(tmp_path, monkeypatch):
    """Run one verb in an empty home."""
    monkeypatch.setenv("TWIN_HOME", str(tmp_path / "home"))

    def run(*words):
        return CliRunner().invoke(build(), list(words), catch_exceptions=False)

    return run


def test_a_file_is_simulated_shown_and_listed(verb, tmp_path, monkeypatch):
    stand_in(monkeypatch)
    found = verb("cell", "run", EXAMPLE, "--film", str(tmp_path / "out.gif"))
    assert found.exit_code == 0
    told = (
        "palletiser",
        "cycle     7 s",
        "1 of 2 worlds done",
        "hit       elbow and post",
        "slot 3: post",
        "stuck carrying",
    )
    for words in told:
        assert words in found.stdout
    assert (tmp_path / "out.gif").read_bytes() == b"GIF89a"
    (row,) = json.loads(verb("cell", "list", "--json").stdout)
    assert row["name"] == "palletiser"
    assert json.loads(verb("cell", "show", row["cell"], "--json").stdout)["cycle"]["mean_s"] == 7.0


def test_a_plants_cell_gives_its_times_to_the_line(verb, tmp_path, monkeypatch):
    stand_in(monkeypatch)
    (tmp_path / "plant.yaml").write_text(PLANT)
    assert verb("plant", "import", str(tmp_path / "plant.yaml")).exit_code == 0
    assert verb("cell", "run", "hall", "palletiser").exit_code == 0
    assert "sequence" in verb("plant", "export", "hall").stdout
    assert verb("cell", "show", "hall", "palletiser").exit_code == 0


def test_a_result_of_another_home_is_taken_in(verb, tmp_path, monkeypatch):
    stand_in(monkeypatch)
    assert verb("cell", "run", EXAMPLE).exit_code == 0
    (made,) = (tmp_path / "home" / "cells").iterdir()
    monkeypatch.setenv("TWIN_HOME", str(tmp_path / "other"))
    monkeypatch.setattr(runner, "available", lambda: False)
    found = verb("cell", "import", str(made))
    assert found.exit_code == 0
    assert "cycle     7 s" in found.stdout
    assert json.loads(verb("cell", "list", "--json").stdout)[0]["cell"] == made.name[:12]


def test_before_the_first_the_list_says_so(verb):
    assert verb("cell", "list").stdout == "None yet.\n"


def test_a_file_that_is_no_yaml_is_refused(verb, tmp_path):
    (tmp_path / "cell.yaml").write_text("name: [")
    with pytest.raises(InvalidInput, match="YAML or JSON"):
        verb("cell", "run", str(tmp_path / "cell.yaml"))


def test_without_the_extra_it_says_how_to_get_it(verb, monkeypatch):
    monkeypatch.setattr(runner, "available", lambda: False)
    with pytest.raises(NotReady, match=r"pip install 'plantwin\[cell\]'"):
        verb("cell", "run", EXAMPLE)
