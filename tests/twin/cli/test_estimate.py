import re

from typer.testing import CliRunner

from twin.cli import build
from twin.cli.estimate import _text

WEAR = {"asset": "a", "quantity": "wear_ratio", "unit": "1", "kind": "wear", "meaning": "", "mean": [0.1, 0.12],
        "spread": [0.02, 0.01]}  # fmt: skip
QUIET = {"tag": "TT-1", "unit": "K", "beside": 0.4, "innovations": [None, None], "size": None, "spread": 0.06}
LOUD = {"tag": "TT-2", "unit": "K", "beside": 0.0, "innovations": [3.0, 4.0], "size": 3.5355, "spread": 0.2}


def test_numbers_and_tags_stand_in_two_tables():
    text = _text({"plant": "p", "version": 2, "hidden": [WEAR], "tags": [QUIET, LOUD], "filter": "unscented"})
    assert "p model 2, unscented filter, SI." in text
    assert re.search(r"a +wear_ratio +wear +0\.1 +0\.12 +0\.01 +1", text)
    assert re.search(r"TT-1 +0\.4 ± 0\.06 K +-", text)
    assert re.search(r"TT-2 +0 ± 0\.2 K +3\.54", text)


def test_help_tells_every_option():
    found = CliRunner().invoke(build(), ["estimate", "--help"], env={"COLUMNS": "120", "NO_COLOR": "1"})
    assert found.exit_code == 0
    for option in ("--at", "--worlds", "--seed", "--filter", "--json"):
        assert option in found.stdout
