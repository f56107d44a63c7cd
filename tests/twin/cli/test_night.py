import json
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from tests.twin import slow_block
from tests.twin.store.test_nights import REPORT
from twin.cli import build
from twin.errors import InvalidInput
from twin.services.context import Context
from twin.services.database import migrate
from twin.settings import Settings
from twin.store import nights as store


@pytest.fixture
def verb(tmp_path, monkeypatch):
    """Run one verb in a home that holds the block and two reports."""
    home = tmp_path / "home"
    monkeypatch.setenv("TWIN_HOME", str(home))
    migrate(Settings(home=home))
    context = Context.open(Settings(home=home))
    slow_block.create(context)
    with context.sessions.begin() as session:
        for day in ("2026-01-02", "2026-01-03"):
            store.save(session, replace(REPORT, plant=slow_block.PLANT, day=day))
    context.sessions.kw["bind"].dispose()
    return lambda *words: CliRunner().invoke(build(), ["night", *words], catch_exceptions=False)


def test_the_report_is_told_in_words_in_json_and_as_a_page(verb, tmp_path):
    told = verb("report", slow_block.PLANT, "--html", str(tmp_path / "night.html")).stdout
    assert told.startswith("warm-block, 2026-01-03: Version 1 stays.")
    assert "found: sensor bias: A reads too much" in told
    assert "Version 1 stays." in (tmp_path / "night.html").read_text()
    assert json.loads(verb("report", slow_block.PLANT, "--day", "2026-01-02", "--json").stdout)["day"] == "2026-01-02"


def test_the_list_is_newest_first(verb):
    lines = verb("list", slow_block.PLANT).stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["day", "2026-01-03", "2026-01-02"]


def test_a_day_that_was_reported_is_not_run_again(verb):
    assert (
        json.loads(verb("run", slow_block.PLANT, "--day", "2026-01-02", "--json").stdout)["sentence"] == REPORT.sentence
    )


def test_a_day_is_a_date(verb):
    with pytest.raises(InvalidInput, match="--day"):
        verb("report", slow_block.PLANT, "--day", "yesterday")


def test_a_plant_without_a_log_says_what_came(verb):
    told = verb("run", slow_block.PLANT, "--day", "2026-01-09").stdout
    assert "Nothing was learned, no model is in service yet: no usable reading arrived" in told
