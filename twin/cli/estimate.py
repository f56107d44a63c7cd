"""`twin estimate`: hidden states, wear and parameters over the last hours of the log."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from twin.cli.instants import instant_us
from twin.cli.terminal import Json, open_context, show, table
from twin.records.estimate import Filter
from twin.services import answers
from twin.services import estimate as service
from twin.store.documents import plain

Plant = Annotated[str, typer.Argument(help="Name of the plant.")]
At = Annotated[str | None, typer.Option("--at", help="End of the hours, ISO 8601 with offset; the end of the log.")]
Worlds = Annotated[int, typer.Option("--worlds", min=2, max=4096)]
How = Annotated[Filter, typer.Option("--filter", help="auto: unscented where few numbers move, else the ensemble.")]
Seed = Annotated[int, typer.Option("--seed", min=0)]


def register(parent: typer.Typer) -> None:
    """Add `estimate` to the terminal."""
    parent.command("estimate")(estimate)


def estimate(
    plant: Plant,
    at: At = None,
    worlds: Worlds = service.WORLDS,
    seed: Seed = 0,
    how: How = Filter.AUTO,
    as_json: Json = False,
) -> None:
    """Tell what no sensor shows; --json has the whole course, each moment as all readings of the hours tell it."""
    context, time_us = open_context(), instant_us(at, "--at")
    found = plain(service.estimate(context, plant, time_us=time_us, worlds=worlds, seed=seed, how=how))
    asked = {"time_us": time_us, "worlds": worlds, "seed": seed, "filter": how.value}
    answers.keep(context, plant, service.KIND, asked, found)
    show(found, as_json=as_json, text=_text)


def _text(found: dict[str, Any]) -> str:
    rows = [
        {"asset": item["asset"], "number": item["quantity"], "kind": item["kind"], "first": f"{item['mean'][0]:.5g}",
         "now": f"{item['mean'][-1]:.5g}", "spread": f"{item['spread'][-1]:.2g}", "unit": item["unit"]}
        for item in found["hidden"]
    ]  # fmt: skip
    tags = [
        {"tag": item["tag"], "beside the model": f"{item['beside']:.3g} ± {item['spread']:.1g} {item['unit']}",
         "surprise": "-" if item["size"] is None else f"{item['size']:.2f}"}
        for item in found["tags"]
    ]  # fmt: skip
    head = f"{found['plant']} model {found['version']}, {found['filter']} filter, SI."
    head += " Surprise: 1 where as much comes as was to be expected."
    numbers = table(rows, ("asset", "number", "kind", "first", "now", "spread", "unit"))
    return f"{head}\n{numbers}\n\n{table(tags, ('tag', 'beside the model', 'surprise'))}"
