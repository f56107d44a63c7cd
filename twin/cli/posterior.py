"""`twin posterior`: what a model's numbers are known to, what trades off, and what would tell more."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from twin.cli.terminal import Json, open_context, progress_bar, show, table
from twin.records.model_document import calibration_document
from twin.services import models, posterior

Plant = Annotated[str, typer.Argument(help="Name of the plant.")]
Version = Annotated[int | None, typer.Option("--version", help="Number of the model; the champion by default.")]
Draw = Annotated[int, typer.Option("--draw", min=0, help="Moves of an ensemble of walkers; 0 draws nothing.")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Of the draws.")]


def register(parent: typer.Typer) -> None:
    """Add `posterior` to the terminal."""
    parent.command("posterior")(posterior_)


def posterior_(plant: Plant, version: Version = None, draw: Draw = 0, seed: Seed = 0, as_json: Json = False) -> None:
    """Tell what calibration knows of each number; with --draw, by draws from the posterior instead of a normal one."""
    context = open_context()
    model = models.champion(context, plant) if version is None else models.get(context, plant, version)
    found: dict[str, Any] = {"plant": plant, "version": model.version, **calibration_document(model.calibration)}
    if draw:
        with progress_bar(plant) as progress:
            drawn = posterior.sample(context, plant, version=version, steps=draw, seed=seed, progress=progress)
        found["drawn"] = {
            name: value.tolist() if hasattr(value, "tolist") else value for name, value in asdict(drawn).items()
        }
    show(found, as_json=as_json, text=_text)


def _text(found: dict[str, Any]) -> str:
    lines = [f"{found['plant']} model {found['version']}", *_numbers(found)]
    known = found.get("identifiability")
    if known is None:
        return "\n".join(lines)
    told = ", ".join(f"{tag} {count:.0f}" for tag, count in known["independent"].items())
    lines += ["", f"Samples that say something of their own: {told}", "", "What the log tells least about:"]
    lines += [f"  {row['text']}" for row in known["directions"]]
    if known["pairs"]:
        lines += ["", "What it cannot tell apart:"]
        lines += [f"  {row['text']} (correlation {row['correlation']:.2f})" for row in known["pairs"]]
    if known["remedies"]:
        lines += ["", "What would tell more:"]
        lines += [f"  {_remedy(row)}" for row in known["remedies"]]
    return "\n".join(lines)


def _numbers(found: dict[str, Any]) -> list[str]:
    rows = [
        {"number": name, "value": f"{value:.6g}", "spread": f"{spread:.2g}"}
        for name, value, spread in zip(found["names"], found["values"], found["spread"], strict=True)
    ]
    columns = ["number", "value", "spread"]
    if "drawn" in found:
        drawn = found["drawn"]
        columns += ["5 %", "50 %", "95 %", "own draws"]
        for row, three, own in zip(rows, drawn["quantiles"], drawn["independent"], strict=True):
            row |= dict(zip(columns[3:6], (f"{value:.6g}" for value in three), strict=True)) | {
                "own draws": f"{own:.0f}"
            }
    return [table(rows, tuple(columns))]


def _remedy(row: dict[str, Any]) -> str:
    what = f"a tag on {row['what']}" if row["kind"] == "tag" else f"a test that moves {row['what']} by a quarter"
    return f"{what}: {row['number']} to {100 * row['left']:.0f} % of its spread ({row['gain_nats']:.2g} nats)"
