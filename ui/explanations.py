"""A card on what learned corrections say, with a button that takes a proposed term into the plant file."""

from __future__ import annotations

from typing import Any

import dash
import dash_mantine_components as dmc
from dash import ALL, Input, Output, State

from api.schemas.explanations import ExplanationList, ExplanationView
from ui import blocks
from ui.client import Client
from ui.words import chance

NOTE = "What the residual has learned, as few simple terms; a term that pays can become part of the plant file."


def card() -> Any:
    """The card before anybody asked: looking takes some seconds."""
    ask = dmc.Button("Explain", id="explain-run", variant="light", size="xs")
    return blocks.card(dmc.Stack([ask, dmc.Box(id="explain-content")]), title="Where physics is wrong", note=NOTE)


def register(board: dash.Dash, client: Client) -> None:
    """Explain; take a term over."""

    @board.callback(
        Output("explain-content", "children"),
        Input("explain-run", "n_clicks"),
        State("plant", "data"),
        prevent_initial_call=True,
        running=[(Output("explain-run", "loading"), True, False)],
    )
    async def explain(clicks: int | None, plant: str) -> Any:
        if not clicks:
            return dash.no_update
        return answer((await client.read(ExplanationList, f"/plants/{plant}/explanations")).items)

    @board.callback(
        Output("explain-content", "children", allow_duplicate=True),
        Input({"explain": "accept", "place": ALL}, "n_clicks"),
        State("plant", "data"),
        prevent_initial_call=True,
    )
    async def accept(clicks: list[int | None], plant: str) -> Any:
        if not any(clicks):
            return dash.no_update
        asset, _, correction = dash.ctx.triggered_id["place"].rpartition("|")
        body = {"asset": asset, "correction": correction}
        made = await client.post(f"/plants/{plant}/explanations/accept", body)
        words = f"Revision {made['revision']} of the plant file has the term. Recalibrate to use it."
        return dmc.Alert(words, title=made["reason"], color="teal", id="explain-accepted")


def answer(rows: list[ExplanationView]) -> Any:
    """Each correction in words, most telling first."""
    if not rows:
        return dmc.Text("Nothing is learned beside physics.", size="sm", c="dimmed")
    return dmc.Stack([_row(row) for row in rows], gap="sm")


def _row(row: ExplanationView) -> Any:
    facts = f"explains {chance(row.explained)} · {chance(row.gain)} better than physics alone"
    words = dmc.Stack([dmc.Text(row.text, size="sm"), dmc.Text(facts, size="xs", c="dimmed")], gap=2)
    if not row.proposed:
        return words
    place = {"explain": "accept", "place": f"{row.asset}|{row.correction}"}
    take = dmc.Button("Take over", id=place, size="xs", variant="outline", style={"flexShrink": 0})
    return dmc.Group([words, take], justify="space-between", wrap="nowrap")
