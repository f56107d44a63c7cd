"""The page about a type of one's own: its file passes, and prints what the page shows."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from twin.cli import build

PAGE = (Path(__file__).parents[2] / "docs" / "own-component.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    return re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)[1]


@pytest.fixture
def twin(monkeypatch, tmp_path):
    (tmp_path / "torsion_spring.py").write_text(block("python"), encoding="utf-8")
    monkeypatch.setenv("TWIN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TWIN_COMPONENT_FOLDERS", json.dumps([str(tmp_path)]))
    runner, app = CliRunner(), build()
    return lambda *words: runner.invoke(app, ["component", *words], catch_exceptions=False).stdout


def test_the_file_passes_as_the_page_says(twin, tmp_path):
    assert twin("check", str(tmp_path / "torsion_spring.py")).strip() == block("text").strip()


def test_the_code_is_the_pages(twin):
    assert block("c").strip() in twin("show", "torsion_spring", "--code")
    assert twin("show", "torsion_spring").startswith("# torsion_spring")
