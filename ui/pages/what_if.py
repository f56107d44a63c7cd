"""What if: choose changes, run them against the baseline in paired worlds, read the verdict."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

import dash
import dash_mantine_components as dmc
from dash import ALL, Input, Output, State, dcc, html

from api.schemas.base import Page as Listing
from api.schemas.plants import PlantView
from api.schemas.scenarios import OutcomeSummary, OutcomeView, TargetList
from ui import blocks, progress, question
from ui.changes import Targets
from ui.client import Client, Problem
from ui.figures.outcome import bands
from ui.outcome_view import outcome_view, replay_notice
from ui.progress import part
from ui.words import brief, site_zone, when

PATH, TITLE, ORDER = "/what-if", "What-if", 30
EXPLANATION = "An intervention, not a correlation: the same plant, the same noise, with and without your changes."
SAMPLES = 480
"""Points per series that an answer is drawn with."""


async def layout(client: Client, plant: str, query: Mapping[str, str]) -> Any:
    """The question beside earlier ones; the answer below."""
    view = await client.read(PlantView, f"/plants/{plant}")
    targets, earlier, job = await asyncio.gather(
        _targets(client, plant, view), _earlier(client, plant), progress.active_job(client, plant, "whatif")
    )
    zone = site_zone(view.site.time_zone)
    shown = query.get("outcome") or (earlier[0].id if earlier else None)
    columns = dmc.Grid(
        [
            dmc.GridCol(
                blocks.card(question.form(targets, query.get("asset")), title="Question"), span={"base": 12, "lg": 8}
            ),
            dmc.GridCol(
                blocks.card(html.Div(_list(earlier, zone), id="what-if-list"), title="Earlier what-ifs"),
                span={"base": 12, "lg": 4},
            ),
        ]
    )
    return dmc.Stack(
        [
            blocks.heading(TITLE, EXPLANATION),
            dcc.Store(id="what-if-targets", data=targets.stored()),
            dcc.Store(id="what-if-changes", data=[]),
            dcc.Store(id="what-if-shown", data=shown),
            columns,
            progress.panel("what-if", job),
            dmc.Box(id="what-if-replayed"),
            dmc.Box(id="what-if-answer"),
        ]
    )


def register(board: dash.Dash, client: Client) -> None:
    """Edit the question, run it, show an answer."""
    question.register(board)
    _register_run(board, client)
    _register_end(board, client)
    _register_answer(board, client)


def _register_run(board: dash.Dash, client: Client) -> None:
    @board.callback(
        Output(part("job", "what-if"), "data"),
        Input("what-if-run", "n_clicks"),
        State("what-if-changes", "data"),
        State("what-if-name", "value"),
        State("what-if-horizon", "value"),
        State("what-if-worlds", "value"),
        State("what-if-seed", "value"),
        State("plant", "data"),
        prevent_initial_call=True,
    )
    async def run(
        clicks: int | None, changes: list[dict[str, Any]], name: str, horizon: str, worlds: int, seed: int, plant: str
    ) -> Any:
        if not clicks:
            return dash.no_update
        if not changes:
            raise Problem(422, "Nothing to ask yet", "Add at least one change, then run.")
        horizon_s = question.HORIZONS[horizon]
        body = {
            "name": name or "what-if", "changes": changes, "horizon_s": horizon_s, "worlds": worlds or 256,
            "seed": seed or 0, "sample_s": max(1.0, horizon_s / SAMPLES),
        }  # fmt: skip
        return (await client.post(f"/plants/{plant}/what-ifs", body, headers={"Idempotency-Key": str(uuid4())}))["id"]


def _register_end(board: dash.Dash, client: Client) -> None:
    @board.callback(
        Output(part("job", "what-if"), "data", allow_duplicate=True),
        Input("what-if-replay", "n_clicks"),
        State("what-if-shown", "data"),
        State("plant", "data"),
        prevent_initial_call=True,
    )
    async def replay(clicks: int | None, outcome: str, plant: str) -> Any:
        return (await client.post(f"/plants/{plant}/what-ifs/{outcome}/replay"))["id"] if clicks else dash.no_update

    @board.callback(
        Output("what-if-list", "children"),
        Output("what-if-shown", "data"),
        Output("what-if-replayed", "children"),
        Input(part("ended", "what-if"), "data"),
        State("plant", "data"),
        prevent_initial_call=True,
    )
    async def finish(ended: dict[str, Any] | None, plant: str) -> tuple[Any, Any, Any]:
        if not ended or ended["state"] != "done":
            return dash.no_update, dash.no_update, dash.no_update
        result = ended["result"] or {}
        if "identical" in result:
            return dash.no_update, dash.no_update, replay_notice(result)
        earlier = await _earlier(client, plant)
        view = await client.read(PlantView, f"/plants/{plant}")
        return _list(earlier, site_zone(view.site.time_zone)), result.get("outcome"), []


def _register_answer(board: dash.Dash, client: Client) -> None:
    @board.callback(
        Output("what-if-shown", "data", allow_duplicate=True),
        Input({"what-if": "open", "id": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    async def choose(clicks: list[int | None]) -> Any:
        pressed = dash.ctx.triggered_id
        return pressed["id"] if isinstance(pressed, dict) and any(clicks) else dash.no_update

    @board.callback(
        Output("what-if-answer", "children"),
        Input("what-if-shown", "data"),
        State("what-if-targets", "data"),
        State("plant", "data"),
    )
    async def show(outcome: str | None, targets: dict[str, Any], plant: str) -> Any:
        if outcome is None:
            return []
        found, view = await asyncio.gather(
            client.read(OutcomeView, f"/plants/{plant}/what-ifs/{outcome}"), client.read(PlantView, f"/plants/{plant}")
        )
        return outcome_view(found, Targets.read(targets), site_zone(view.site.time_zone), view)

    @board.callback(
        Output("what-if-bands", "children"),
        Input("what-if-tag", "value"),
        State("what-if-shown", "data"),
        State("plant", "data"),
    )
    async def draw(tag: str | None, outcome: str | None, plant: str) -> Any:
        if tag is None or outcome is None:
            return dmc.Text("This answer has no series.", size="sm", c="dimmed")
        found, view = await asyncio.gather(
            client.read(OutcomeView, f"/plants/{plant}/what-ifs/{outcome}"), client.read(PlantView, f"/plants/{plant}")
        )
        displays = {item.tag: item.display for item in view.sensors} | {item.tag: item.display for item in view.inputs}
        return blocks.graph(bands(tag, found.series[tag], displays.get(tag)), id="what-if-graph")


async def _targets(client: Client, plant: str, view: PlantView) -> Targets:
    return Targets.of((await client.read(TargetList, f"/plants/{plant}/what-ifs/targets")).items, view)


async def _earlier(client: Client, plant: str) -> list[OutcomeSummary]:
    listing = await client.read(Listing[OutcomeSummary], f"/plants/{plant}/what-ifs")
    return sorted(listing.items, key=lambda item: item.created, reverse=True)


def _list(earlier: Sequence[OutcomeSummary], zone: Any) -> Any:
    if not earlier:
        return dmc.Text("None yet. Choose a change on the left and run it.", size="sm", c="dimmed")
    rows = [
        dmc.NavLink(
            id={"what-if": "open", "id": item.id}, label=item.name,
            description=f"{when(item.created, zone)} · {brief(item.verdict)}",
        )
        for item in earlier
    ]  # fmt: skip
    return dmc.ScrollArea(dmc.Stack(rows, gap=2), mah=260, type="auto")
