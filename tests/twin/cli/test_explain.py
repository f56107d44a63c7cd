import pytest
from typer.testing import CliRunner

from tests.twin import slow_block
from twin.cli import build
from twin.errors import InvalidInput, NotReady
from twin.services import explain
from twin.services.context import Context
from twin.services.database import migrate
from twin.settings import Settings

ROW = {"asset": "wall", "correction": "extra", "proposed": True, "text": "The wall conducts more."}


@pytest.fixture
def verb(tmp_path, monkeypatch):
    """Run the verb in a home that holds the block."""
    home = tmp_path / "home"
    monkeypatch.setenv("TWIN_HOME", str(home))
    migrate(Settings(home=home))
    context = Context.open(Settings(home=home))
    slow_block.create(context)
    context.sessions.kw["bind"].dispose()
    return lambda *words: CliRunner().invoke(build(), ["explain", *words], catch_exceptions=False)


def test_proposals_are_told_in_words(verb, monkeypatch):
    monkeypatch.setattr(explain, "explanations", lambda *_args, **_options: (ROW,))
    assert verb(slow_block.PLANT).stdout.splitlines()[0] == "propose  wall.extra"
    monkeypatch.setattr(explain, "explanations", lambda *_args, **_options: ())
    assert verb(slow_block.PLANT).stdout.startswith("Nothing is learned")


def test_what_cannot_be_taken_over_is_refused(verb):
    with pytest.raises(InvalidInput, match="--accept"):
        verb(slow_block.PLANT, "--accept", "wall")
    with pytest.raises(NotReady):
        verb(slow_block.PLANT, "--accept", "wall.extra_conductance_ratio")
