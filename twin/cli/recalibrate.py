"""`twin recalibrate`: fit, learn, judge, and put the better model into service."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from twin.cli.instants import instant_us
from twin.cli.terminal import Json, open_context, progress_bar, show
from twin.records.model import ModelVersion
from twin.records.model_document import to_document
from twin.services import recalibrate as service

Plant = Annotated[str, typer.Argument(help="Name of the plant.")]
From = Annotated[str | None, typer.Option("--from", help="First sample to learn from, ISO 8601 with offset.")]
To = Annotated[str | None, typer.Option("--to", help="No sample at or after it, ISO 8601 with offset.")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Of every draw: same data, same seed, same model.")]
Members = Annotated[int, typer.Option("--members", min=2, max=32, help="Size of the ensemble.")]


def register(parent: typer.Typer) -> None:
    """Add `recalibrate` to the terminal."""
    parent.command("recalibrate")(recalibrate)


def recalibrate(
    plant: Plant,
    from_: From = None,
    to: To = None,
    seed: Seed = 0,
    members: Members = service.DEFAULTS["members"],
    as_json: Json = False,
) -> None:
    """Learn from the log; the newest quarter judges, and the better model goes into service."""
    context = open_context()
    with progress_bar(plant) as progress:
        version = service.recalibrate(
            context,
            plant,
            start_us=instant_us(from_, "--from"),
            end_us=instant_us(to, "--to"),
            options={"seed": seed, "members": members},
            progress=progress,
        )
    show(_view(version), as_json=as_json, text=_text)


def _view(version: ModelVersion) -> dict[str, Any]:
    head = {"plant": version.plant, "version": version.version, "status": version.status.value}
    return {**head, "parent": version.parent, **to_document(version)}


def _text(view: dict[str, Any]) -> str:
    gate, calibration = view["gate"], view["calibration"]
    lines = [f"{view['plant']} model {view['version']}: {view['status']}", gate["verdict"], ""]
    lines += [f"  {'ok' if test['passed'] else 'NO':3} {test['name']}: {test['text']}" for test in gate["tests"]]
    lines += ["", "Free-run error on the window that was never trained on, in SI:"]
    for name, scores in gate["scores"].items():
        cells = "  ".join(f"{tag} {_short(value)}" for tag, value in scores.items() if tag)
        lines.append(f"  {name:12} {cells}")
    lines += ["", "Fitted:"]
    rows = zip(calibration["names"], calibration["values"], calibration["spread"], strict=True)
    lines += [f"  {name} = {value:.6g} ± {spread:.2g}" for name, value, spread in rows]
    lines += [f"  {first} and {second} trade off" for first, second in calibration["unidentifiable"]]
    return "\n".join(lines)


def _short(value: float | None) -> str:
    return "-" if value is None else f"{value:.4g}"
