"""`twin backup`: everything into one verified file, while the plant runs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from twin.cli.terminal import Json, open_context, progress_bar, show
from twin.services import backup as service

File = Annotated[Path | None, typer.Argument(help="File to write; plantwin-<time>.tar.zst here by default.")]
Force = Annotated[bool, typer.Option("--force", help="Overwrite the file if it exists.")]
Verify = Annotated[bool, typer.Option("--verify", help="Only check an existing backup against its hashes.")]


def register(app: typer.Typer) -> None:
    """Add `backup` to the terminal."""
    app.command("backup")(backup)


def backup(file: File = None, force: Force = False, verify: Verify = False, as_json: Json = False) -> None:
    """Copy the database and all artefacts into one file; nothing needs to stop."""
    target = file or Path(f"plantwin-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.tar.zst")
    with progress_bar("Backup") as progress:
        if verify:
            manifest = service.verify(target, progress=progress)
        else:
            context = open_context()
            manifest = service.backup(context, target, force=force, progress=progress)
            manifest = service.verify(target, progress=progress)
    show({"file": str(target), **manifest}, as_json=as_json, text=_line)


def _line(found: dict[str, Any]) -> str:
    size = sum(member["bytes"] for member in found["members"].values())
    return f"{found['file']}: whole, {len(found['members'])} files, {size / 1e6:.1f} MB unpacked, {found['database']}"
