from typer.testing import CliRunner

from twin.cli import build
from twin.cli.posterior import _text

FOUND = {
    "plant": "p", "version": 2, "names": ["a.x_k"], "values": [2.0], "spread": [0.1],
    "identifiability": {
        "independent": {"TT-1": 12.4},
        "directions": [{"text": "a.x_k up: the log leaves 90 % of the prior spread"}],
        "pairs": [{"text": "raising a by 1 is nearly undone by lowering b by 2, both in SI", "correlation": -0.97}],
        "remedies": [{"kind": "tag", "what": "a.y_k", "number": "a.x_k", "left": 0.25, "gain_nats": 1.4}],
    },
}  # fmt: skip


def test_the_report_tells_what_is_open_and_what_would_help():
    text = _text(FOUND)
    assert "TT-1 12" in text
    assert "leaves 90 %" in text
    assert "correlation -0.97" in text
    assert "a tag on a.y_k: a.x_k to 25 % of its spread (1.4 nats)" in text


def test_draws_stand_beside_the_normal_approximation():
    drawn = {"quantiles": [[1.8, 2.0, 2.3]], "independent": [120.0]}
    text = _text({**FOUND, "identifiability": None, "drawn": drawn})
    assert "2.3" in text
    assert "120" in text


def test_help_tells_every_option():
    found = CliRunner().invoke(build(), ["posterior", "--help"], env={"COLUMNS": "120", "NO_COLOR": "1"})
    assert found.exit_code == 0
    for option in ("--version", "--draw", "--seed", "--json"):
        assert option in found.stdout
