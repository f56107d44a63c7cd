"""Robot cells of the line: what their simulation in 3D showed, and a button to run it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import dash
import dash_mantine_components as dmc
from dash import ALL, Input, Output, State

from api.schemas.base import Page as Listing
from api.schemas.cells import CellStandingView, CellView
from api.schemas.plants import PlantView
from ui import blocks, progress, runs
from ui.cell_view import cell_page, standing
from ui.client import Client
from ui.progress import part
from ui.words import asset_names, site_zone

PATH, TITLE, ORDER = "/cell", "Robot cell", 17
EXPLANATION = "Does the arm reach everything, does it hit anything, how long does a box take, what do its joints carry?"
SNIPPET = """assets:
  - id: line/palletiser
    type: robot_cell
    settings:
      cycle_s: 10.0
      cell: {name: palletiser, arm: {model: ur5e}, belts: [...], boxes: {...}, pallet: {...}}   # docs/cell.md"""


async def layout(client: Client, plant: str, query: Mapping[str, str]) -> Any:
    """Progress of a simulation, then every cell."""
    job = await progress.active_job(client, plant, "cell")
    return dmc.Stack(
        [
            blocks.heading(TITLE, EXPLANATION),
            progress.panel("cell", job),
            dmc.Box(await _content(client, plant), id="cell-content"),
        ]
    )


def register(board: dash.Dash, client: Client) -> None:
    """Simulate a cell; show it when that has ended."""
    runs.register(board, client, "cell", _content)

    @board.callback(
        Output(part("job", "cell"), "data"),
        Input({"run": "cell", "asset": ALL}, "n_clicks"),
        State("plant", "data"),
        prevent_initial_call=True,
    )
    async def run(clicks: list[int | None], plant: str) -> Any:
        if not any(clicks):
            return dash.no_update
        asset = dash.ctx.triggered_id["asset"]
        return (await client.call("POST", f"/plants/{plant}/cells", params={"asset": asset})).json()["id"]


async def _content(client: Client, plant: str) -> Any:
    """Each cell: where its times come from, and what its simulation said where that is kept."""
    view, found = await asyncio.gather(
        client.read(PlantView, f"/plants/{plant}"),
        client.read(Listing[CellStandingView], f"/plants/{plant}/cells/standings"),
    )
    if not found.items:
        text = "A robot cell is a part of the line whose description stands in its settings."
        return blocks.empty("This plant has no robot cell", text, blocks.command(SNIPPET))
    names, zone = asset_names(view), site_zone(view.site.time_zone)
    shown: list[Any] = []
    for item in found.items:
        cell = await client.maybe(CellView, f"/plants/{plant}/cells", asset=item.asset) if item.kept else None
        button = dmc.Button(
            "Simulate in 3D", id={"run": "cell", "asset": item.asset}, variant="light",
            disabled=not (item.available and item.described),
        )  # fmt: skip
        title = dmc.Title(names.get(item.asset, item.asset), order=3)
        shown += [dmc.Group([title, button], justify="space-between"), standing(item)]
        shown.append(cell_page(cell, plant, item.asset, zone) if cell else _nothing())
    return dmc.Stack(shown)


def _nothing() -> Any:
    text = "Minutes of work on the background runner: reach, collisions, cycle times, joint loads, energy and a film."
    return blocks.empty("No simulation of this cell is kept here", text)
