"""What each night found out: the verdict, what to do, how good the forecast was, and the way the scores go."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import dash
import dash_mantine_components as dmc
from dash import Input, Output, State

from api.schemas.base import Page as Listing
from api.schemas.nights import NightSummary, NightView
from api.schemas.plants import PlantView
from ui import blocks, explanations, progress, runs
from ui.client import Client
from ui.figures.nights import skill
from ui.night_view import gain, night_view
from ui.words import site_zone

PATH, TITLE, ORDER = "/nights", "Nights", 55
EXPLANATION = "Each night learns from the day, lets the better model serve, scores the forecast and says what changed."
WORDS = {"promoted": "new model", "kept": "model kept", "rolled_back": "rolled back", "not_learned": "not learned"}


async def layout(client: Client, plant: str, query: Mapping[str, str]) -> Any:
    """Run button and progress, then the nights and the chosen one."""
    job = await progress.active_job(client, plant, "nightly")
    run = dmc.Button("Run last night now", id="nights-run", variant="light")
    return dmc.Stack(
        [
            blocks.heading(TITLE, EXPLANATION, run),
            progress.panel("nights", job),
            dmc.Box(await _content(client, plant), id="nights-content"),
            explanations.card(),
        ]
    )


def register(board: dash.Dash, client: Client) -> None:
    """Run a night; show it when it ended; choose another one; explain what was learned."""
    explanations.register(board, client)

    runs.register(board, client, "nights", _content, "nights")

    @board.callback(Output("nights-detail", "children"), Input("nights-table", "selectedRows"), State("plant", "data"))
    async def show(rows: list[dict[str, Any]] | None, plant: str) -> Any:
        if not rows:
            return dash.no_update
        found = await client.read(NightView, f"/plants/{plant}/nights/{rows[0]['id']}")
        return night_view(found, await _zone(client, plant))


async def _zone(client: Client, plant: str) -> ZoneInfo:
    return site_zone((await client.read(PlantView, f"/plants/{plant}")).site.time_zone)


async def _content(client: Client, plant: str) -> Any:
    listing, zone = await asyncio.gather(
        client.read(Listing[NightSummary], f"/plants/{plant}/nights"), _zone(client, plant)
    )
    if not listing.items:
        return blocks.empty(
            "No night yet",
            "The background runner looks at each day in the small hours of the site. Or run last night now.",
            blocks.command(f"twin night run {plant}"),
        )
    latest = await client.read(NightView, f"/plants/{plant}/nights/latest")
    cards: list[Any] = [dmc.Box(night_view(latest, zone), id="nights-detail")]
    if len(listing.items) > 1:
        cards.append(
            blocks.card(blocks.graph(skill(listing.items), id="nights-skill"), title="How good forecasts were")
        )
    return dmc.Stack([*cards, blocks.card(history(listing.items), title="Nights")])


def history(nights: Sequence[NightSummary]) -> Any:
    """All nights, newest first."""
    columns = [
        {"field": "day", "headerName": "Day", "width": 120},
        {"field": "verdict", "headerName": "Verdict", "width": 130},
        {"field": "model", "headerName": "Model", "width": 90},
        {"field": "skill", "headerName": "Forecast skill", "width": 130},
        {"field": "findings", "headerName": "Found", "flex": 1, "minWidth": 160},
        {"field": "sentence", "headerName": "In words", "flex": 2, "minWidth": 240},
    ]
    rows = [
        {
            "id": night.day,
            "day": night.day,
            "verdict": WORDS[night.verdict],
            "model": night.model_after or "none",
            "skill": gain(night.scores.get("skill")),
            "findings": "; ".join(f"{item.kind}: {item.subject}" for item in night.findings) or "nothing",
            "sentence": night.sentence,
        }
        for night in nights
    ]
    return blocks.grid("nights-table", columns, rows, select="single")
