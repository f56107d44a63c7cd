import re

from typer.testing import CliRunner

from twin.cli import build
from twin.cli.evaluate import _text

ROW = {
    "unit": "K", "rmse": 0.05, "physics": 0.06, "persistence": 3.0, "coverage": 0.9, "coverage_low": 0.8,
    "coverage_high": 0.95, "width": 0.2,
}  # fmt: skip


def test_scores_stand_side_by_side_with_their_unit():
    text = _text({"plant": "p", "version": 2, "samples": 10, "tags": {"TT-1": ROW}})
    assert re.search(r"TT-1 +K +0\.05 +0\.06 +3 +90 % \[80, 95\] +0\.2", text)


def test_help_tells_every_option():
    found = CliRunner().invoke(build(), ["evaluate", "--help"], env={"COLUMNS": "120", "NO_COLOR": "1"})
    assert found.exit_code == 0
    for option in ("--from", "--to", "--version", "--skip", "--json"):
        assert option in found.stdout
