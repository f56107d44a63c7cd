"""Verbs typed as a user types them."""

import sys

import pytest

from twin.cli import main


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
