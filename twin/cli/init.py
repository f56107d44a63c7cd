"""`twin init`: make the data folder ready, or draft a plant from a log."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from twin.cli.terminal import Json, open_context, show
from twin.services.draft import MAPPING_FILE, PLANT_FILE, draft_from_log

FromCsv = Annotated[Path | None, typer.Option("--from-csv", help="A log, CSV or Parquet: draft a plant from it.")]
To = Annotated[Path, typer.Option("--to", help="Folder for the drafted plant.yaml and mapping.yaml.")]
Name = Annotated[str, typer.Option("--plant", help="Name of the drafted plant; the folder's by default.")]


def register(parent: typer.Typer) -> None:
    """Add `init` to the terminal."""
    parent.command("init")(init)


def init(from_csv: FromCsv = None, to: To = Path("."), plant: Name = "", as_json: Json = False) -> None:
    """Make the data folder and its database; with --from-csv, draft plant.yaml and mapping.yaml from a log instead."""
    if from_csv is None:
        home = open_context().home.resolve()
        show({"home": str(home)}, as_json=as_json, text=lambda found: f"ready: {found['home']}")
        return
    found = draft_from_log(from_csv, to, name=plant)
    view = {
        "plant": str(to / PLANT_FILE),
        "mapping": str(to / MAPPING_FILE),
        "tags": [{"tag": signal.tag, "unit": signal.unit} for signal in found.signals],
        "remarks": list(found.remarks),
    }
    show(view, as_json=as_json, text=_as_text)


def _as_text(view: dict[str, Any]) -> str:
    lines = [f"wrote {view['plant']} and {view['mapping']}: {len(view['tags'])} tags", *view["remarks"]]
    lines.append(f"next: fill in assets, then `twin plant import {view['plant']}`")
    return "\n".join(lines)
