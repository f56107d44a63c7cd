"""`twin restore`: put a backup back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from twin.cli.terminal import Json, progress_bar, read_settings, show
from twin.services import backup as service

File = Annotated[Path, typer.Argument(help="A file that `twin backup` wrote.")]
Force = Annotated[bool, typer.Option("--force", help="Replace the data that is there.")]


def register(app: typer.Typer) -> None:
    """Add `restore` to the terminal."""
    app.command("restore")(restore)


def restore(file: File, force: Force = False, as_json: Json = False) -> None:
    """Check a backup and put its database and artefacts back; stop server and worker first."""
    settings = read_settings()
    with progress_bar("Restore") as progress:
        manifest = service.restore(settings, file, force=force, progress=progress)
    found = {"file": str(file), "database": manifest["database"], "members": len(manifest["members"])}
    show(found, as_json=as_json, text=lambda f: f"{f['file']}: restored {f['members']} files, {f['database']}")
