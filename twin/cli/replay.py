"""`twin replay`: run an answered what-if again and compare bit for bit."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from twin.cli.terminal import Json, open_context, progress_bar, show
from twin.services import scenarios


def register(parent: typer.Typer) -> None:
    """Add `replay` to the terminal."""
    parent.command()(replay)


def replay(
    plant: Annotated[str, typer.Argument(help="Name of the plant.")],
    outcome: Annotated[str, typer.Argument(help="Id of the answer.")],
    as_json: Json = False,
) -> None:
    """Run an answered what-if again; exit code 1 if it differs, with what else differs."""
    context = open_context()
    with progress_bar("replay") as progress:
        found = scenarios.replay(context, plant, outcome, progress=progress)
    show(found, as_json=as_json, text=_text)
    if not found["identical"]:
        raise typer.Exit(1)


def _text(found: dict[str, Any]) -> str:
    if found["identical"]:
        return f"{found['outcome']}: identical, {found['digest'][:16]}…"
    rows = "\n".join(f"  {row['what']}: {row['before']} → {row['after']}" for row in found["differences"])
    return f"{found['outcome']}: differs.\n{rows or '  Nothing that is recorded differs.'}"
