"""`twin ingest`: take logs in; look at and correct what could not be read."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from twin.cli.terminal import Json, open_context, progress_bar, read_text, show, table
from twin.services import ingest as service
from twin.services import quarantine

Plant = Annotated[str, typer.Argument(help="Name of the plant.")]
File = Annotated[Path, typer.Argument(help="Log file, CSV (also .gz, .bz2, .zst) or Parquet.")]
Mapping = Annotated[Path, typer.Option("--mapping", "-m", help="Mapping file: columns, tags, units, time.")]
Row = Annotated[int, typer.Argument(help="Id of the quarantined row.")]
Value = Annotated[float | None, typer.Option("--value", help="The right value; by default the row's own.")]
Time = Annotated[str | None, typer.Option("--time", help="ISO 8601 with offset; by default the row's own.")]
Tag = Annotated[str | None, typer.Option("--tag", help="By default the row's own.")]
Unit = Annotated[str | None, typer.Option("--unit", help="Unit of --value; by default the tag's own.")]
All = Annotated[bool, typer.Option("--all", help="Also rows that were corrected or dismissed.")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=10_000, help="So many rows at most.")]


class FileFirst(TyperGroup):
    """`twin ingest PLANT FILE` means `twin ingest file PLANT FILE`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the verb `file` in front where no verb stands."""
        if args and args[0] not in self.commands and args[0] != "--help":
            args = ["file", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=FileFirst,
    no_args_is_help=True,
    help="Take a log in: `twin ingest PLANT FILE --mapping MAPPING`. Rows that cannot be read wait in quarantine.",
)


def register(parent: typer.Typer) -> None:
    """Add `ingest` to the terminal."""
    parent.add_typer(app, name="ingest")


@app.command()
def file(plant: Plant, file: File, mapping: Mapping, as_json: Json = False) -> None:
    """Read a log file; run it again after a break and it goes on, run it twice and nothing changes."""
    context, text = open_context(), read_text(mapping)
    with progress_bar(file.name) as progress:
        report = service.ingest(context, plant, file, text, mapping_name=mapping.name, progress=progress)
    show(asdict(report), as_json=as_json, text=_report_text)


@app.command()
def history(plant: Plant, as_json: Json = False) -> None:
    """Files that were read, newest first."""
    rows = [asdict(report) for report in service.history(open_context(), plant)]
    columns = ("source", "rows", "accepted", "duplicates", "quarantined", "complete")
    show(rows, as_json=as_json, text=lambda found: table(found, columns))


@app.command("quarantine")
def quarantine_(plant: Plant, everything: All = False, limit: Limit = 100, as_json: Json = False) -> None:
    """Rows that could not be read, with the reason."""
    context = open_context()
    rows = [asdict(row) for row in quarantine.listed(context, plant, limit=limit, resolved=everything)]
    view = {"waiting": quarantine.reasons(context, plant), "rows": rows}
    columns = ("id", "source", "row", "tag", "time", "value", "unit", "reason", "detail")
    show(view, as_json=as_json, text=lambda found: table(found["rows"], columns))


@app.command()
def correct(
    plant: Plant,
    row: Row,
    value: Value = None,
    time: Time = None,
    tag: Tag = None,
    unit: Unit = None,
    as_json: Json = False,
) -> None:
    """Bring a quarantined row in with what was wrong set right; a reading that exists gets a new version."""
    found = quarantine.correct(open_context(), plant, row, value=value, time=time, tag=tag, unit=unit)
    show(asdict(found), as_json=as_json, text=_resolved_text)


@app.command()
def dismiss(plant: Plant, row: Row, as_json: Json = False) -> None:
    """Close a quarantined row without bringing it in."""
    show(asdict(quarantine.dismiss(open_context(), plant, row)), as_json=as_json, text=_resolved_text)


def _resolved_text(row: dict[str, Any]) -> str:
    return f"row {row['id']} {row['tag']} {row['time']}: {row['resolution']}"


def _report_text(report: dict[str, Any]) -> str:
    lines = [
        f"{report['source']}: {report['rows']:,} rows, {report['accepted']:,} new readings,"
        f" {report['duplicates']:,} known, {report['quarantined']:,} in quarantine"
        + (" (went on where it stopped)" if report["resumed"] else "")
    ]
    if report["quarantined"]:
        lines.append(f"see: twin ingest quarantine {report['plant']}")
    if report["unbound"]:
        lines.append(f"stored, but not in plant.yaml yet: {', '.join(report['unbound'])}")
    return "\n".join(lines)
