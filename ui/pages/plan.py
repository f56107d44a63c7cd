"""Which settings reach a goal: searched for with a fast stand-in, believed only after the engine ran them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import dash
import dash_mantine_components as dmc
from dash import Input, Output, State, dcc

from api.schemas.plants import PlantView
from api.schemas.surrogates import PlanView, SurrogateView
from ui import blocks, goals, progress, runs
from ui.client import Client, Problem
from ui.plan_view import plan_view, quality
from ui.progress import part

PATH, TITLE, ORDER = "/plan", "Plan", 35
EXPLANATION = "Name what may be set and what you want; the best settings found are verified by the engine."


async def layout(client: Client, plant: str, query: Mapping[str, str]) -> Any:
    """Training of the stand-in on the right of the title, then question, answer and the stand-in's errors."""
    job = await progress.active_job(client, plant, "surrogate", "plan")
    train = dmc.Button("Train the stand-in", id="plan-train", variant="light")
    return dmc.Stack(
        [
            blocks.heading(TITLE, EXPLANATION, train),
            progress.panel("plan", job),
            dmc.Box(await _content(client, plant), id="plan-content"),
        ]
    )


def register(board: dash.Dash, client: Client) -> None:
    """Edit the question, train, search, show what came of it."""
    goals.register(board)
    runs.register(board, client, "plan", _content)

    @board.callback(
        Output(part("job", "plan"), "data"),
        Input("plan-train", "n_clicks"),
        State("plant", "data"),
        prevent_initial_call=True,
    )
    async def train(clicks: int | None, plant: str) -> Any:
        return (await client.post(f"/plants/{plant}/surrogate"))["id"] if clicks else dash.no_update

    @board.callback(
        Output(part("job", "plan"), "data", allow_duplicate=True),
        Input("plan-run", "n_clicks"),
        State("plan-moves", "value"),
        State("plan-goals", "data"),
        State("plan-hours", "value"),
        State("plant", "data"),
        prevent_initial_call=True,
    )
    async def run(
        clicks: int | None, moves: list[str] | None, asked: list[dict[str, Any]], hours: Any, plant: str
    ) -> Any:
        if not clicks:
            return dash.no_update
        if not moves or not asked:
            raise Problem(422, "Nothing to look for yet", "Choose what may be set, and add at least one goal.")
        body = {"moves": moves, "goals": asked, "hours": float(hours or 4.0)}
        return (await client.post(f"/plants/{plant}/plans", body, headers={"Idempotency-Key": str(uuid4())}))["id"]


async def _content(client: Client, plant: str) -> Any:
    facts, found, view = await asyncio.gather(
        client.maybe(SurrogateView, f"/plants/{plant}/surrogate"),
        client.maybe(PlanView, f"/plants/{plant}/plans/latest"),
        client.read(PlantView, f"/plants/{plant}"),
    )
    if facts is None:
        return blocks.empty(
            "No stand-in yet",
            "A fast copy of the model learns from worlds that the engine runs, some minutes once; then it can search.",
            blocks.command(f"twin surrogate train {plant}"),
        )
    answer = [plan_view(found, view)] if found else []
    return dmc.Stack(
        [
            dcc.Store(id="plan-displays", data=goals.stored(goals.displays(view))),
            blocks.card(goals.form(facts, view, found.question if found else None), title="Question"),
            *answer,
            quality(facts),
        ]
    )
