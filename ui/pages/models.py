"""The model in service: why it was promoted, what calibration learned, its history, and the data it stands on."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import dash
import dash_mantine_components as dmc
from dash import Input, Output, State

from api.schemas.base import Page as Listing
from api.schemas.coverage import CoverageView
from api.schemas.models import ModelSummary, ModelView
from api.schemas.plants import PlantView
from ui import blocks, data_status, progress, runs
from ui.client import Client
from ui.coverage_view import coverage_card
from ui.model_view import model_view
from ui.progress import part
from ui.words import from_local, iso, number, site_zone, when

PATH, TITLE, ORDER = "/models", "Models", 50
EXPLANATION = (
    "Calibrated physics plus a learned residual; a new version serves only if it beats physics and the champion."
)


async def layout(client: Client, plant: str, query: Mapping[str, str]) -> Any:
    """Run button and progress, then versions and the chosen one, then the data."""
    job = await progress.active_job(client, plant, "recalibrate", "nightly")
    run = dmc.Button("Recalibrate", id="models-run")
    edges = [
        dmc.DateTimePicker(id=f"models-{name}", placeholder=f"{name} (whole log)", clearable=True, w=180)
        for name in ("from", "to")
    ]
    content, data = await asyncio.gather(_content(client, plant), data_status.data_status(client, plant))
    return dmc.Stack(
        [
            blocks.heading(TITLE, EXPLANATION, *edges, run),
            progress.panel("models", job),
            dmc.Box(content, id="models-content"),
            data,
        ]
    )


def register(board: dash.Dash, client: Client) -> None:
    """Recalibrate; show when it ended; choose a version; correct a row in quarantine."""
    data_status.register(board, client)
    runs.register(board, client, "models", _content)

    @board.callback(
        Output(part("job", "models"), "data"),
        Input("models-run", "n_clicks"),
        State("models-from", "value"),
        State("models-to", "value"),
        State("plant", "data"),
        prevent_initial_call=True,
    )
    async def run(clicks: int | None, start: str | None, end: str | None, plant: str) -> Any:
        if not clicks:
            return dash.no_update
        zone = site_zone((await client.read(PlantView, f"/plants/{plant}")).site.time_zone)
        edges = {name: iso(from_local(text, zone)) for name, text in (("start", start), ("end", end)) if text}
        return (await client.post(f"/plants/{plant}/recalibrations", edges))["id"]

    @board.callback(Output("models-detail", "children"), Input("models-table", "selectedRows"), State("plant", "data"))
    async def show(rows: list[dict[str, Any]] | None, plant: str) -> Any:
        if not rows:
            return dash.no_update
        model, view = await asyncio.gather(
            client.read(ModelView, f"/plants/{plant}/models/{rows[0]['version']}"),
            client.read(PlantView, f"/plants/{plant}"),
        )
        return model_view(model, view)


async def _content(client: Client, plant: str) -> Any:
    listing, view, delivered = await asyncio.gather(
        client.read(Listing[ModelSummary], f"/plants/{plant}/models"),
        client.read(PlantView, f"/plants/{plant}"),
        client.maybe(CoverageView, f"/plants/{plant}/coverage/latest"),
    )
    if not listing.items:
        return blocks.empty(
            "No model yet",
            "Take in a log, then recalibrate: physics is fitted, the residual trained, and the gate judges both.",
            blocks.command(f"twin recalibrate {plant}"),
        )
    models = sorted(listing.items, key=lambda item: -item.version)
    zone = site_zone(view.site.time_zone)
    return dmc.Stack(
        [
            blocks.card(history(models, zone), title="Versions"),
            dmc.Box(id="models-detail"),
            coverage_card(delivered, plant, zone),
        ]
    )


def history(models: Sequence[ModelSummary], zone: ZoneInfo) -> Any:
    """All versions, newest first, the champion chosen."""
    columns = [
        {"field": "version", "headerName": "Version", "width": 110},
        {"field": "status", "headerName": "Status", "width": 130},
        {"field": "created", "headerName": "Made", "width": 180},
        {"field": "parent", "headerName": "After", "width": 100},
        {"field": "revision", "headerName": "Plant revision", "width": 140},
        {"field": "error", "headerName": "Error / physics", "width": 150},
        {"field": "verdict", "headerName": "The gate says", "flex": 1, "minWidth": 240},
    ]
    rows = [
        {
            "id": str(model.version),
            "version": model.version,
            "status": model.status,
            "created": when(model.created, zone),
            "parent": model.parent,
            "revision": model.scene_revision,
            "error": _share_of_physics(model),
            "verdict": model.gate.verdict,
        }
        for model in models
    ]
    first = [row for row in rows if row["status"] == "champion"] or rows[:1]
    return blocks.grid("models-table", columns, rows, select="single", selected=first[:1])


def _share_of_physics(model: ModelSummary) -> str:
    hybrid, physics = (model.gate.scores.get(name, {}).get("") for name in ("hybrid", "physics"))
    return number(hybrid / physics, 2) if hybrid is not None and physics else number(None)
