"""What the model did not expect: choose what is healthy, let the log be followed, go to each alarm."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import dash
import dash_mantine_components as dmc
from dash import Input, Output, State

from api.schemas.anomalies import AnomalyView, EpisodeView
from api.schemas.models import ModelView
from api.schemas.nights import NightView
from api.schemas.plants import PlantView
from ui import blocks, progress
from ui.client import Client, Problem
from ui.figures.anomalies import course
from ui.night_view import findings
from ui.progress import part
from ui.words import count, duration, from_local, iso, local, number, site_zone, when

NOTE = (
    "The model follows the log row by row; an alarm is what neither it nor its usual errors explain. What is usual is "
    "learned from the rows before “healthy until”."
)
MARGIN = timedelta(hours=2)
"""Shown before and after an alarm, so that its beginning can be seen."""
MOST_SHOWN = 12


async def anomalies(client: Client, plant: str, zone: ZoneInfo) -> dmc.Paper:
    """The question over the newest answer."""
    model, found, job, night = await asyncio.gather(
        client.maybe(ModelView, f"/plants/{plant}/models/champion"),
        client.maybe(AnomalyView, f"/plants/{plant}/anomalies/latest"),
        progress.active_job(client, plant, "anomalies"),
        client.maybe(NightView, f"/plants/{plant}/nights/latest"),
    )
    healthy = found.learn_to if found else model.gate.window[0] if model else None
    return blocks.card(
        _choice(healthy, zone),
        progress.panel("anomalies", job),
        dmc.Box(answer(found, plant, zone), id="anomalies-found"),
        *_last_night(night, zone),
        title="Anomalies",
        note=NOTE,
    )


def _last_night(night: NightView | None, zone: ZoneInfo) -> list[Any]:
    """What the newest night found, sensor faults told from the plant's."""
    if night is None:
        return []
    return [dmc.Text(f"Found by the night after {night.day}", fw=600, size="sm", mt="sm"), findings(night, zone)]


def _choice(healthy: datetime | None, zone: ZoneInfo) -> dmc.Group:
    until = dmc.DateTimePicker(
        id="anomalies-until", label="healthy until", w=190, size="sm", clearable=True,
        value=f"{local(healthy, zone):%Y-%m-%d %H:%M:%S}" if healthy else None,
    )  # fmt: skip
    begin = dmc.DateTimePicker(
        id="anomalies-from", label="from", placeholder="whole log", w=190, size="sm", clearable=True
    )
    run = dmc.Button("Look for anomalies", id="anomalies-run", variant="light", size="sm")
    return dmc.Group([begin, until, run], align="flex-end", gap="md", mb="sm")


def register(board: dash.Dash, client: Client) -> None:
    """Order a look; show what came of it."""

    @board.callback(
        Output(part("job", "anomalies"), "data"),
        Input("anomalies-run", "n_clicks"),
        State("anomalies-from", "value"),
        State("anomalies-until", "value"),
        State("plant", "data"),
        prevent_initial_call=True,
    )
    async def run(clicks: int | None, start: str | None, until: str | None, plant: str) -> Any:
        if not clicks:
            return dash.no_update
        if not until:
            raise Problem(422, "Nothing to learn from yet", "Choose until when the plant was healthy, then look.")
        zone = await _zone(client, plant)
        edges = {name: iso(from_local(text, zone)) for name, text in (("start", start), ("learn_to", until)) if text}
        key = {"Idempotency-Key": str(uuid4())}
        return (await client.post(f"/plants/{plant}/anomalies", edges, headers=key))["id"]

    @board.callback(
        Output("anomalies-found", "children"),
        Input(part("ended", "anomalies"), "data"),
        State("plant", "data"),
        prevent_initial_call=True,
    )
    async def refresh(ended: dict[str, Any] | None, plant: str) -> Any:
        if not ended or ended["state"] != "done":
            return dash.no_update
        found = await client.maybe(AnomalyView, f"/plants/{plant}/anomalies/latest")
        return answer(found, plant, await _zone(client, plant))


async def _zone(client: Client, plant: str) -> ZoneInfo:
    return site_zone((await client.read(PlantView, f"/plants/{plant}")).site.time_zone)


def answer(found: AnomalyView | None, plant: str, zone: ZoneInfo) -> Any:
    """The verdict, the score over time, and each alarm with a way to it."""
    if found is None:
        return dmc.Text("Nobody has looked yet.", size="sm", c="dimmed")
    source = f"model version {found.model_version}" if found.model_version else "physics at the priors"
    alarms = f"{count(found.alarm_rows)} of {count(found.watched_rows)} rows alarm"
    verdict = dmc.Text(f"{alarms}. Seen with {source}.", id="anomalies-verdict", fw=600, size="sm")
    picture = blocks.graph(course(found, zone), id="anomalies-graph")
    return dmc.Stack([verdict, picture, *_alarms(found.episodes, plant, zone)], gap="xs")


def _alarms(episodes: list[EpisodeView], plant: str, zone: ZoneInfo) -> list[Any]:
    """The strongest alarms, strongest first."""
    if not episodes:
        return []
    strongest = sorted(episodes, key=lambda item: -item.peak_ratio)[:MOST_SHOWN]
    rows = [
        [
            when(item.start, zone),
            duration((item.end - item.start).total_seconds()),
            f"{number(item.peak_ratio, 2)} × limit",
            dmc.Anchor(item.tag, href=_place(item, plant), size="sm"),
        ]
        for item in strongest
    ]
    more = len(episodes) - len(strongest)
    note = [dmc.Text(f"and {count(more)} weaker ones", size="xs", c="dimmed")] if more else []
    return [blocks.table(("From", "For", "Peak", "Oddest tag"), rows), *note]


def _place(item: EpisodeView, plant: str) -> str:
    edges = f"from={iso(item.start - MARGIN)}&to={iso(item.end + MARGIN)}"
    return f"/trends?plant={plant}&tags={item.tag}&{edges}"
