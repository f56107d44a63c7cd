"""`twin evaluate`: score a model version on a stretch of log."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from twin.calibration.replay import START_SAMPLES
from twin.cli.instants import instant_us
from twin.cli.terminal import Json, open_context, show, table
from twin.services import evaluate as service

Plant = Annotated[str, typer.Argument(help="Name of the plant.")]
From = Annotated[str | None, typer.Option("--from", help="First sample, ISO 8601 with offset.")]
To = Annotated[str | None, typer.Option("--to", help="No sample at or after it, ISO 8601 with offset.")]
Version = Annotated[int | None, typer.Option("--version", help="Number of the model; the champion by default.")]
Skip = Annotated[int, typer.Option("--skip", min=1, help="Samples of each stretch that set its start, not scored.")]


def register(parent: typer.Typer) -> None:
    """Add `evaluate` to the terminal."""
    parent.command("evaluate")(evaluate)


def evaluate(
    plant: Plant,
    from_: From = None,
    to: To = None,
    version: Version = None,
    skip: Skip = START_SAMPLES,
    as_json: Json = False,
) -> None:
    """Run a model freely over a stretch of log and compare with what was measured."""
    found = service.evaluate(
        open_context(),
        plant,
        start_us=instant_us(from_, "--from"),
        end_us=instant_us(to, "--to"),
        version=version,
        skip=skip,
    )
    show(found, as_json=as_json, text=_text)


def _text(found: dict[str, Any]) -> str:
    rows = [_row(tag, row) for tag, row in found["tags"].items()]
    columns = ("tag", "unit", "error", "physics alone", "persistence", "in band", "width")
    return f"{found['plant']} model {found['version']}, {found['samples']} samples\n{table(rows, columns)}"


def _row(tag: str, row: dict[str, Any]) -> dict[str, str]:
    share, low, high = (100 * row[name] for name in ("coverage", "coverage_low", "coverage_high"))
    return {
        "tag": tag,
        "unit": row["unit"],
        "error": f"{row['rmse']:.4g}",
        "physics alone": f"{row['physics']:.4g}",
        "persistence": f"{row['persistence']:.4g}",
        "in band": f"{share:.0f} % [{low:.0f}, {high:.0f}]",
        "width": f"{row['width']:.4g}",
    }
