"""All long work of a plant: what runs, what waits, what ended and how."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dash
import dash_mantine_components as dmc
from dash import ALL, Input, Output, State, dcc

from api.schemas.base import Page as Listing
from api.schemas.health import HealthView
from api.schemas.jobs import FINISHED, JobView
from api.schemas.plants import PlantView
from ui import blocks
from ui.client import Client
from ui.progress import TITLES
from ui.words import NOTHING, duration, site_zone, when

PATH, TITLE, ORDER = "/jobs", "Jobs", 60
EXPLANATION = "Long work runs in the background runner; it survives restarts and can be cancelled."
POLL_MS = 2000
COLOURS = {"queued": "gray", "running": "blue", "done": "teal", "failed": "red", "cancelled": "gray"}


async def layout(client: Client, plant: str, query: Mapping[str, str]) -> Any:
    """Heading and the list, looked at again every two seconds."""
    return dmc.Stack(
        [
            blocks.heading(TITLE, EXPLANATION),
            dcc.Interval(id="jobs-tick", interval=POLL_MS),
            dmc.Box(await _content(client, plant), id="jobs-list"),
        ]
    )


def register(board: dash.Dash, client: Client) -> None:
    """Refresh the list; cancel one."""

    @board.callback(
        Output("jobs-list", "children"),
        Input("jobs-tick", "n_intervals"),
        Input({"jobs": "cancel", "id": ALL}, "n_clicks"),
        State("plant", "data"),
        prevent_initial_call=True,
    )
    async def refresh(_ticks: int | None, clicks: list[int | None], plant: str) -> Any:
        pressed = dash.ctx.triggered_id
        if isinstance(pressed, dict) and any(clicks):
            await client.post(f"/jobs/{pressed['id']}/cancel")
        return await _content(client, plant)


async def _content(client: Client, plant: str) -> Any:
    jobs = sorted((await client.read(Listing[JobView], "/jobs", plant=plant)).items, key=lambda job: job.created)
    zone = site_zone((await client.read(PlantView, f"/plants/{plant}")).site.time_zone)
    health = await client.maybe(HealthView, "/health")
    notes = []
    if health and not any(worker.alive for worker in health.workers):
        text = "Work is kept and starts as soon as one runs: twin worker"
        notes.append(dmc.Alert(text, title="No background runner reports", color="orange"))
    if not jobs:
        return dmc.Stack([*notes, blocks.empty("No work yet", "Recalibrations, what-ifs and predictions appear here.")])
    names = ("Work", "State", "Progress", "Started", "Took", "")
    return dmc.Stack([*notes, blocks.card(blocks.table(names, [_row(job, zone) for job in reversed(jobs)]))])


def _row(job: JobView, zone: Any) -> list[Any]:
    took = (job.finished - job.started).total_seconds() if job.finished and job.started else None
    stop = dmc.Button(
        "Cancel", id={"jobs": "cancel", "id": job.id}, size="compact-xs", color="gray", variant="light",
        disabled=job.cancel_requested,
    )  # fmt: skip
    words = job.error if job.state == "failed" else job.text
    going = job.state not in FINISHED
    bar = dmc.Progress(value=100 * job.share, color=COLOURS[job.state], animated=going, w=140)
    return [
        dmc.Stack([dmc.Text(TITLES.get(job.kind, job.kind), size="sm", fw=600), dmc.Code(job.id)], gap=2),
        dmc.Badge(job.state, color=COLOURS[job.state], variant="light", tt="none"),
        dmc.Stack([bar, dmc.Text(words or NOTHING, size="xs", c="dimmed")], gap=4),
        when(job.started or job.created, zone),
        duration(took),
        stop if going else "",
    ]
