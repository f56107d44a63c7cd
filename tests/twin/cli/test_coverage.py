import re
from dataclasses import asdict

from typer.testing import CliRunner

from tests.twin.store.test_coverage import COVERAGE
from twin.cli import build
from twin.cli.coverage import _text


def test_promised_and_delivered_stand_side_by_side():
    rows = [asdict(row) | {"crps": 0.05} for row in COVERAGE.rows]
    text = _text(asdict(COVERAGE) | {"rows": rows})
    assert "promised 90 %, right for 2 of 2" in text
    assert re.search(r"q +K +10 +0\.1 +0\.2 +88 % \[80, 95\] +0\.4 +0\.05 +right", text)


def test_help_tells_every_option():
    found = CliRunner().invoke(build(), ["coverage", "--help"], env={"COLUMNS": "120", "NO_COLOR": "1"})
    assert found.exit_code == 0
    for option in ("--from", "--to", "--version", "--lead", "--starts", "--json"):
        assert option in found.stdout
