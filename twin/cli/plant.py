"""`twin plant`: import, export, compare and restore plant files."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from twin.assembly.solvable import load_solvable
from twin.cli.terminal import Json, open_context, read_settings, read_text, show, table
from twin.errors import NotFound
from twin.records.plant import PlantRevision
from twin.scene.dump import document
from twin.scene.types import installed
from twin.services import plants
from twin.services.plants import PlantSummary

Name = Annotated[str, typer.Argument(help="Name of the plant.")]
File = Annotated[Path, typer.Argument(help="Plant file, YAML or JSON; '-' reads standard input.")]
Revision = Annotated[int | None, typer.Option("--revision", help="Number of the revision; the newest by default.")]
Reason = Annotated[str, typer.Option("--reason", help="Why, for the history.")]
Author = Annotated[str, typer.Option("--author", help="Who, for the history; your login by default.")]
Etag = Annotated[str, typer.Option("--etag", help="ETag that you read; refused if somebody wrote since.")]

app = typer.Typer(help="Plant files: import, export, compare, restore.", no_args_is_help=True)


def register(parent: typer.Typer) -> None:
    """Add `plant` to the terminal."""
    parent.add_typer(app, name="plant")


@app.command("import")
def import_(file: File, reason: Reason = "", author: Author = "", etag: Etag = "", as_json: Json = False) -> None:
    """Create a plant from its file, or write the file as its newest revision."""
    context, text = open_context(), read_text(file)
    name = load_solvable(text, types=plants.types(context), file=file.name).plant
    who = author or getpass.getuser()
    try:
        head = plants.get(context, name)[1]
    except NotFound:
        revision = plants.create(context, text, author=who, reason=reason or f"Import {file.name}")
    else:
        revision = plants.update(
            context, name, text, etag=etag or head.etag, author=who, reason=reason or f"Import {file.name}"
        )
    show(_view(revision), as_json=as_json, text=lambda view: f"{view['plant']} revision {view['revision']}")


@app.command()
def check(file: File, as_json: Json = False) -> None:
    """Check a plant file without storing it; every fault is printed with its line."""
    types = installed(read_settings().component_folders)
    scene = load_solvable(read_text(file), types=types, file=file.name)
    found = {
        "plant": scene.plant,
        "assets": len(scene.assets),
        "sensors": len(scene.sensors),
        "inputs": len(scene.inputs),
    }
    show(found, as_json=as_json, text=lambda f: f"{f['plant']}: sound, {f['assets']} assets, {f['sensors']} sensors")


@app.command()
def export(
    name: Name,
    revision: Revision = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write.")] = None,
    as_json: Json = False,
) -> None:
    """Print a plant file as it was written; with --json the same plant as JSON."""
    context = open_context()
    if as_json:
        show(document(plants.get(context, name, revision)[0]), as_json=True, text=str)
        return
    text, found = plants.text(context, name, revision)
    if output is None:
        typer.echo(text, nl=not text.endswith("\n"))
    else:
        output.write_text(text, encoding="utf-8")
        typer.echo(f"{output}: {found.plant} revision {found.revision}")


@app.command("list")
def list_(as_json: Json = False) -> None:
    """All plants."""
    rows = [_summary(summary) for summary in plants.list_plants(open_context())]
    show({"items": rows}, as_json=as_json, text=lambda found: table(found["items"], ("plant", "revision", "site")))


@app.command()
def history(name: Name, as_json: Json = False) -> None:
    """All revisions of a plant, newest first."""
    rows = [_view(revision) for revision in plants.history(open_context(), name)]
    columns = ("revision", "created", "author", "reason")
    show({"items": rows}, as_json=as_json, text=lambda found: table(found["items"], columns))


@app.command()
def diff(
    name: Name,
    first: Annotated[int | None, typer.Argument(help="Older revision; the one before `second` by default.")] = None,
    second: Annotated[int | None, typer.Argument(help="Newer revision; the newest by default.")] = None,
    as_json: Json = False,
) -> None:
    """What changed between two revisions."""
    context = open_context()
    newer = second or plants.get(context, name)[1].revision
    older = first or max(newer - 1, 1)
    rows = plants.diff(context, name, older, newer)
    show({"first": older, "second": newer, "changes": rows}, as_json=as_json, text=_changes)


@app.command("restore-revision")
def restore_revision(
    name: Name,
    revision: Annotated[int, typer.Argument(help="Revision to bring back as the newest.")],
    reason: Reason = "",
    author: Author = "",
    as_json: Json = False,
) -> None:
    """Make an old revision the newest again; nothing is rewritten."""
    context = open_context()
    head = plants.get(context, name)[1]
    who = author or getpass.getuser()
    written = plants.restore(context, name, revision, etag=head.etag, author=who, reason=reason)
    show(_view(written), as_json=as_json, text=lambda view: f"{view['plant']} revision {view['revision']}")


def _view(revision: PlantRevision) -> dict[str, Any]:
    created = datetime.fromtimestamp(revision.created_us / 1e6, UTC)
    fields = {key: value for key, value in vars(revision).items() if key != "created_us"}
    return {**fields, "created": created.isoformat(timespec="seconds").replace("+00:00", "Z")}


def _summary(summary: PlantSummary) -> dict[str, Any]:
    return {**_view(summary.revision), "site": summary.site, "synthetic": summary.synthetic}


def _changes(found: dict[str, Any]) -> str:
    if not found["changes"]:
        return "No difference."
    signs = {"add": "+ {path}: {new}", "remove": "- {path}: {old}", "change": "~ {path}: {old} → {new}"}
    return "\n".join(signs[row["op"]].format(**row) for row in found["changes"])
