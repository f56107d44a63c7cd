"""README.md's table of verbs names every verb of the terminal, and none that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import typer

from twin.cli import build

README = Path(__file__).parents[2] / "README.md"


def documented() -> set[str]:
    """Verbs of the table: `a`, `b c\\|d` as {a, b, b c, b d}."""
    table = re.search(r"^\| verb \| does \|\n(.*?)\n\n", README.read_text(), re.DOTALL | re.MULTILINE)
    assert table is not None
    found = set()
    for line in table[1].splitlines()[1:]:
        for words in re.findall(r"`([^`]+)`", line.split(" | ")[0]):
            verb, _, parts = words.partition(" ")
            found |= {verb, *(f"{verb} {part}" for part in parts.split(r"\|") if part)}
    return found


def test_the_table_of_verbs_is_complete() -> None:
    root = typer.main.get_command(build())
    verbs = set()
    for name, command in root.commands.items():
        verbs |= {name, *(f"{name} {part}" for part in getattr(command, "commands", {}))}
    assert documented() == verbs
