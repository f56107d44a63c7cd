import json

import pytest
from typer.testing import CliRunner

from tests.twin import warm_block_log
from twin.cli import build
from twin.errors import InvalidInput, NotFound
from twin.services.context import Context
from twin.settings import Settings


@pytest.fixture
def installation(home, monkeypatch):
    monkeypatch.setenv("TWIN_HOME", str(home))
    CliRunner().invoke(build(), ["plant", "export", "nothing"])
    return Context.open(Settings(home=home))


def call(*words):
    return CliRunner().invoke(build(), [*words], catch_exceptions=False)


def test_the_round_from_log_to_scored_model(installation):
    window = warm_block_log.fill(installation, samples=120)
    made = json.loads(call("recalibrate", "warm-block", "--members", "2", "--json").stdout)
    assert (made["version"], made["status"]) == (1, "champion")
    text = call("evaluate", "warm-block").stdout
    assert "TT-1" in text
    assert "warm-block model 1" in text
    scored = json.loads(call("evaluate", "warm-block", "--version", "1", "--json").stdout)
    assert scored["window"][0] == window.start_us


def test_bad_words_are_refused(installation):
    with pytest.raises(NotFound):
        call("recalibrate", "no-such-plant")
    with pytest.raises(InvalidInput):
        call("evaluate", "no-such-plant", "--from", "yesterday")
    assert call("recalibrate", "warm-block", "--members", "1").exit_code == 2
