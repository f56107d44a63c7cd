"""`twin explain`: where physics is wrong, and what term would put it right."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from twin.cli.terminal import Json, open_context, show
from twin.errors import Fault, InvalidInput
from twin.services import explain as service
from twin.services import plants

Plant = Annotated[str, typer.Argument(help="Name of the plant.")]
Accept = Annotated[
    str | None,
    typer.Option("--accept", help='Write the proposed term of "<asset>.<correction>" into the plant file.'),
]
Version = Annotated[int | None, typer.Option("--version", help="Number of the model; the champion by default.")]


def register(parent: typer.Typer) -> None:
    """Add `explain` to the terminal."""
    parent.command("explain")(explain)


def explain(plant: Plant, accept: Accept = None, version: Version = None, as_json: Json = False) -> None:
    """Say what each learned correction does and propose simple terms; --accept takes one over as a new revision."""
    context = open_context()
    if accept is not None:
        asset, dot, correction = accept.rpartition(".")
        if not dot:
            raise InvalidInput([Fault("--accept", repr(accept), '"<asset>.<correction>"')])
        _scene, head = plants.get(context, plant)
        made = service.accept(context, plant, asset, correction, etag=head.etag, author="terminal")
        told = {"plant": plant, "revision": made.revision, "reason": made.reason}
        show(told, as_json=as_json, text=lambda row: f"{row['plant']} revision {row['revision']}: {row['reason']}")
        return
    found = service.explanations(context, plant, version=version)
    show(list(found), as_json=as_json, text=_text)


def _text(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return "Nothing is learned beside physics: there is nothing to explain."
    return "\n".join(
        f"{'propose' if row['proposed'] else 'learned':8} {row['asset']}.{row['correction']}\n         {row['text']}"
        for row in rows
    )
