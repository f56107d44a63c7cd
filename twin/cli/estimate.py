"""`twin estimate`: hidden states, wear and parameters over the last hours of the log."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from twin.cli.instants import instant_us
from twin.cli.terminal import Json, open_context, show, table
from twin.services import estimate as service

Plant = Annotated[str, typer.Argument(help="Name of the plant.")]
At = Annotated[str | None, typer.Option("--at", help="End of the hours, ISO 8601 with offset; the end of the log.")]
Worlds = Annotated[int, typer.Option("--worlds", min=2, max=4096)]
Seed = Annotated[int, typer.Option("--seed", min=0)]


def register(parent: typer.Typer) -> None:
    """Add `estimate` to the terminal."""
    parent.command("estimate")(estimate)


def estimate(
    plant: Plant, at: At = None, worlds: Worlds = service.WORLDS, seed: Seed = 0, as_json: Json = False
) -> None:
    """Tell what no sensor shows; --json has the whole course, each moment as all readings of the hours tell it."""
    found = service.estimate(open_context(), plant, time_us=instant_us(at, "--at"), worlds=worlds, seed=seed)
    document = {name: value.tolist() if hasattr(value, "tolist") else value for name, value in vars(found).items()}
    document["innovations"] = [[None if one != one else one for one in row] for row in document["innovations"]]
    show(document, as_json=as_json, text=_text)


def _text(found: dict[str, Any]) -> str:
    rows = [
        {"number": name, "first": f"{first:.5g}", "now": f"{now:.5g}", "spread": f"{spread:.2g}"}
        for name, first, now, spread in zip(
            found["names"], found["mean"][0], found["mean"][-1], found["spread"][-1], strict=True
        )
    ]
    beside = [
        {"tag": tag, "beside the model": f"{value:.3g}", "last innovation": "-" if last is None else f"{last:.2f}"}
        for tag, value, last in zip(found["tags"], found["beside"], found["innovations"][-1], strict=True)
    ]
    head = f"{found['plant']} model {found['version']}, SI"
    numbers = table(rows, ("number", "first", "now", "spread"))
    return f"{head}\n{numbers}\n\n{table(beside, ('tag', 'beside the model', 'last innovation'))}"
