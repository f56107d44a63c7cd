import json
import re

import pytest
from typer.testing import CliRunner

from tests.twin.bottles import TEXT as LINE
from tests.twin.spindle import TEXT
from twin.cli import build
from twin.errors import InvalidInput

SPEED = "hall/spindle/motor-1.speed_set_rad_per_s"


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


def ask(verb, *words):
    return verb("whatif", "spindle", "--hours", "1", "--worlds", "8", "--start", "nominal", *words)


def test_a_question_is_answered_in_words_and_figures(verb):
    found = ask(verb, "--factor", f"{SPEED}=0.5")
    assert found.exit_code == 0
    assert "Friction energy falls by 62." in found.stdout
    assert "Kept as outcome-" in found.stdout


def test_json_can_be_replayed(verb):
    found = json.loads(ask(verb, "--set", "SC-1=500", "--maintain", "hall/spindle/bearing-1", "--json").stdout)
    assert [change["kind"] for change in found["scenario"]["changes"]] == ["input", "maintenance"]
    again = verb("replay", "spindle", found["id"], "--json")
    assert again.exit_code == 0
    assert json.loads(again.stdout)["identical"]


def test_bad_words_are_refused_at_once(verb):
    with pytest.raises(InvalidInput) as caught:
        ask(verb, "--set", "speed", "--factor", f"{SPEED}=half")
    assert [fault.where for fault in caught.value.faults] == ["--set", "--factor"]
    with pytest.raises(InvalidInput):
        ask(verb, "--set", "nothing.here=1")


def test_a_line_answers_with_figures_shares_and_how_it_counted(verb, tmp_path):
    file = tmp_path / "line.yaml"
    file.write_text(LINE)
    assert verb("plant", "import", str(file)).exit_code == 0
    asked = ("--set", "line/capper.cycle_s=9", "--hours", "24", "--worlds", "4", "--start", "nominal")
    found = verb("whatif", "bottles", *asked)
    assert found.exit_code == 0
    # one item in 12 s, then in 10 s
    assert re.search(r"^throughput +1/h +300 ± \S+ +360 ± \S+ +\+60", found.stdout, re.MULTILINE), found.stdout
    assert "Replication-deletion: 4 independent worlds" in found.stdout
    assert "Throughput rises by 20.0 %" in found.stdout
