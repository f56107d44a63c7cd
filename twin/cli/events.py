"""`twin events`: maintenance, failures, stops and product changes."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from twin.cli.terminal import Json, open_context, show, table
from twin.ingest.time_units import format_instant
from twin.records.event import PlantEvent
from twin.services import events

Plant = Annotated[str, typer.Argument(help="Name of the plant.")]
File = Annotated[Path, typer.Argument(help="CSV with the columns kind, start and, if wanted, asset, end, text.")]

app = typer.Typer(help="Maintenance, failures, stops and product changes.", no_args_is_help=True)


def register(parent: typer.Typer) -> None:
    """Add `events` to the terminal."""
    parent.add_typer(app, name="events")


@app.command("import")
def import_(plant: Plant, file: File, as_json: Json = False) -> None:
    """Take a file of events in; one faulty line and nothing is written, twice and nothing changes."""
    report = events.import_file(open_context(), plant, file)
    show(
        asdict(report),
        as_json=as_json,
        text=lambda found: f"{found['new']} new, {found['changed']} changed, {found['known']} known",
    )


@app.command("list")
def list_(plant: Plant, as_json: Json = False) -> None:
    """Events by time."""
    rows = [_view(event) for event in events.listed(open_context(), plant)]
    show(rows, as_json=as_json, text=lambda found: table(found, ("kind", "asset", "start", "end", "text")))


def _view(event: PlantEvent) -> dict[str, Any]:
    end = None if event.end_us is None else format_instant(event.end_us)
    start = format_instant(event.start_us)
    return {"kind": event.kind.value, "asset": event.asset, "start": start, "end": end, "text": event.text}
