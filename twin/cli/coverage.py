"""`twin coverage`: what a model's bands promised, and what later data delivered."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from twin.cli.instants import instant_us
from twin.cli.terminal import Json, open_context, show, table
from twin.estimation.forecasts import STARTS
from twin.services import coverage as service

Plant = Annotated[str, typer.Argument(help="Name of the plant.")]
From = Annotated[str | None, typer.Option("--from", help="First forecast, ISO 8601 with offset.")]
To = Annotated[str | None, typer.Option("--to", help="No sample at or after it, ISO 8601 with offset.")]
Version = Annotated[int | None, typer.Option("--version", help="Number of the model; the champion by default.")]
Lead = Annotated[list[float] | None, typer.Option("--lead", help="Seconds ahead; may be given more than once.")]

Starts = Annotated[int, typer.Option("--starts", min=9, help="Forecasts over the stretch, about.")]


def register(parent: typer.Typer) -> None:
    """Add `coverage` to the terminal."""
    parent.command("coverage")(coverage)


def coverage(
    plant: Plant,
    from_: From = None,
    to: To = None,
    version: Version = None,
    lead: Lead = None,
    starts: Starts = STARTS,
    as_json: Json = False,
) -> None:
    """Forecast again and again over a stretch of log and hold the bands against what was measured."""
    found = service.deliver(
        open_context(),
        plant,
        start_us=instant_us(from_, "--from"),
        end_us=instant_us(to, "--to"),
        version=version,
        leads_s=lead or (),
        starts=starts,
    )
    show(asdict(found), as_json=as_json, text=_text)


def _text(found: dict[str, Any]) -> str:
    columns = ("tag", "unit", "lead s", "error", "persistence", "in band", "width", "CRPS", "band")
    rows = [_row(row) for row in found["rows"]]
    right = sum(row["right"] for row in found["rows"])
    head = f"{found['plant']} model {found['version']}: promised {100 * found['level']:.0f} %"
    return f"{head}, right for {right} of {len(rows)} tags and leads\n{table(rows, columns)}"


def _row(row: dict[str, Any]) -> dict[str, str]:
    share, low, high = (100 * row[name] for name in ("coverage", "low", "high"))
    return {
        "tag": row["tag"],
        "unit": row["unit"],
        "lead s": f"{row['lead_s']:g}",
        "error": f"{row['rmse']:.4g}",
        "persistence": f"{row['persistence']:.4g}",
        "in band": f"{share:.0f} % [{low:.0f}, {high:.0f}]",
        "width": f"{row['width']:.4g}",
        "CRPS": f"{row['crps']:.4g}",
        "band": "right" if row["right"] else "not right",
    }
