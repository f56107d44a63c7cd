"""`twin worker`: becomes the background runner; wrong settings are refused before that."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.twin.cli.test_serve import run_twin
from twin.cli import build


def test_it_becomes_the_runner(monkeypatch: pytest.MonkeyPatch) -> None:
    became: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda _program, words: became.append(words))
    assert CliRunner().invoke(build(), ["worker"]).exit_code == 0
    assert became == [[sys.executable, "-m", "twin.worker"]]


def test_settings_that_make_no_sense_are_refused(home: Path) -> None:
    done = run_twin(home, "worker", TWIN_NIGHTLY_HOUR="25")
    assert done.returncode == 1
    assert "TWIN_NIGHTLY_HOUR" in done.stderr
