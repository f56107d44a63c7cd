"""`twin key`: made, listed without its text, taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from twin.cli import build


@pytest.fixture
def twin(home: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """The command line on an empty installation."""
    (home / "plantwin.sqlite").write_bytes(sqlite_template.read_bytes())
    monkeypatch.setenv("TWIN_HOME", str(home))
    monkeypatch.setenv("TWIN_DATABASE_URL", "")
    return CliRunner()


def test_a_key_is_made_listed_and_taken_back(twin: CliRunner) -> None:
    made = twin.invoke(build(), ["key", "create", "gateway", "--scope", "read", "--scope", "write", "--json"])
    key = json.loads(made.output)
    assert key["key"].startswith(f"ptw_{key['id']}_")
    listed = twin.invoke(build(), ["key", "list"])
    assert listed.output.split() == [key["id"], "gateway", "read", "write"]
    assert twin.invoke(build(), ["key", "remove", key["id"]]).exit_code == 0
    assert twin.invoke(build(), ["key", "list"]).output.strip() == "no keys"


def test_a_scope_that_is_none_is_wrong_usage(twin: CliRunner) -> None:
    assert twin.invoke(build(), ["key", "create", "gateway", "--scope", "root"]).exit_code == 2
