"""Verbs typed as a user types them."""

import sys

import pytest
from typer.testing import CliRunner

from tests.twin.spindle import TEXT
from twin.cli import build, main


@pytest.fixture
def call(monkeypatch, capsys):
    """Run `twin WORDS`; gives exit code, stdout and stderr."""

    def typed(*words):
        monkeypatch.setattr(sys, "argv", ["twin", *map(str, words)])
        with pytest.raises(SystemExit) as leaving:
            main()
        printed = capsys.readouterr()
        return leaving.value.code or 0, printed.out, printed.err

    return typed


@pytest.fixture
def on_spindle(tmp_path, monkeypatch):
    """Run one verb in an empty home that holds the spindle."""
    monkeypatch.setenv("TWIN_HOME", str(tmp_path / "home"))
    file = tmp_path / "plant.yaml"
    file.write_text(TEXT)

    def run(*words):
        return CliRunner().invoke(build(), list(words), catch_exceptions=False)

    assert run("plant", "import", str(file)).exit_code == 0
    return run
