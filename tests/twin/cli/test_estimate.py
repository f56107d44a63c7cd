import re

from typer.testing import CliRunner

from twin.cli import build
from twin.cli.estimate import _text

FOUND = {
    "plant": "p", "version": 2, "names": ["a.wear_ratio"], "mean": [[0.1], [0.12]], "spread": [[0.02], [0.01]],
    "tags": ["TT-1"], "beside": [0.4], "innovations": [[0.3], [None]],
}  # fmt: skip


def test_numbers_and_tags_stand_in_two_tables():
    text = _text(FOUND)
    assert re.search(r"a.wear_ratio +0\.1 +0\.12 +0\.01", text)
    assert re.search(r"TT-1 +0\.4 +-", text)


def test_help_tells_every_option():
    found = CliRunner().invoke(build(), ["estimate", "--help"], env={"COLUMNS": "120", "NO_COLOR": "1"})
    assert found.exit_code == 0
    for option in ("--at", "--worlds", "--seed", "--json"):
        assert option in found.stdout
