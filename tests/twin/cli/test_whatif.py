import json
import re

import pytest

from tests.twin.bottles import TEXT as LINE
from twin.errors import InvalidInput

SPEED = "hall/spindle/motor-1.speed_set_rad_per_s"


def ask(on_spindle, *words):
    return on_spindle("whatif", "spindle", "--hours", "1", "--worlds", "8", "--start", "nominal", *words)


def test_a_question_is_answered_in_words_and_figures(on_spindle):
    found = ask(on_spindle, "--factor", f"{SPEED}=0.5")
    assert found.exit_code == 0
    assert "Friction energy falls by 62." in found.stdout
    assert "Kept as outcome-" in found.stdout


def test_json_can_be_replayed(on_spindle):
    found = json.loads(ask(on_spindle, "--set", "SC-1=500", "--maintain", "hall/spindle/bearing-1", "--json").stdout)
    assert [change["kind"] for change in found["scenario"]["changes"]] == ["input", "maintenance"]
    again = on_spindle("replay", "spindle", found["id"], "--json")
    assert again.exit_code == 0
    assert json.loads(again.stdout)["identical"]


def test_bad_words_are_refused_at_once(on_spindle):
    with pytest.raises(InvalidInput) as caught:
        ask(on_spindle, "--set", "speed", "--factor", f"{SPEED}=half")
    assert [fault.where for fault in caught.value.faults] == ["--set", "--factor"]
    with pytest.raises(InvalidInput):
        ask(on_spindle, "--set", "nothing.here=1")


def test_a_line_answers_with_figures_shares_and_how_it_counted(on_spindle, tmp_path):
    file = tmp_path / "line.yaml"
    file.write_text(LINE)
    assert on_spindle("plant", "import", str(file)).exit_code == 0
    asked = ("--set", "line/capper.cycle_s=9", "--hours", "24", "--worlds", "4", "--start", "nominal")
    found = on_spindle("whatif", "bottles", *asked)
    assert found.exit_code == 0
    # one item in 12 s, then in 10 s
    assert re.search(r"^throughput +1/h +300 ± \S+ +360 ± \S+ +\+60", found.stdout, re.MULTILINE), found.stdout
    assert "Replication-deletion: 4 independent worlds" in found.stdout
    assert "Throughput rises by 20.0 %" in found.stdout
