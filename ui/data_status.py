"""How fresh and clean the data are: newest reading per tag, and rows in quarantine that a person may correct."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import dash
import dash_mantine_components as dmc
from dash import Input, Output, State, html

from api.schemas.base import Page as Listing
from api.schemas.plants import PlantView
from api.schemas.readings import QuarantineView
from api.schemas.status import StatusView
from ui import blocks
from ui.client import Client
from ui.words import count, duration, number, shown, site_zone, unit, when, with_unit

ROWS = 200
"""Rows of quarantine shown at once."""


async def data_status(client: Client, plant: str) -> Any:
    """Freshness beside quarantine, or above it where nothing waits there."""
    status = await client.read(StatusView, f"/plants/{plant}/status")
    view = await client.read(PlantView, f"/plants/{plant}")
    zone = site_zone(view.site.time_zone)
    if status.newest is None and not status.quarantined:
        steps = blocks.command(f"twin ingest {plant} log.csv --mapping mapping.yaml")
        return blocks.empty("No readings yet", "Take in a log by a mapping file.", steps)
    rows = (await client.read(Listing[QuarantineView], f"/plants/{plant}/quarantine")).items[:ROWS]
    return dmc.SimpleGrid(
        [
            blocks.card(freshness(status, zone), title="Data", note=f"{count(status.readings)} readings kept."),
            blocks.card(
                html.Div(quarantine(rows, zone), id="quarantine-rows"), title="Quarantine",
                note="Rows that could not be taken in, with the reason. Type the right value to bring one in.",
            ),
        ],
        cols={"base": 1, "lg": 2 if rows else 1},
    )  # fmt: skip


def register(board: dash.Dash, client: Client) -> None:
    """Bring a corrected row in."""

    @board.callback(
        Output("quarantine-rows", "children"),
        Input("quarantine-table", "cellValueChanged"),
        State("plant", "data"),
        prevent_initial_call=True,
    )
    async def correct(changes: list[dict[str, Any]] | None, plant: str) -> Any:
        for change in changes or []:
            path = f"/plants/{plant}/quarantine/{change['data']['id']}/correction"
            await client.post(path, {"value": float(change["value"])})
        zone = site_zone((await client.read(PlantView, f"/plants/{plant}")).site.time_zone)
        rows = (await client.read(Listing[QuarantineView], f"/plants/{plant}/quarantine")).items[:ROWS]
        return quarantine(rows, zone)


def freshness(status: StatusView, zone: ZoneInfo) -> Any:
    """Newest value of each tag and how far it lags."""
    lines = []
    for tag in status.tags:
        spelled = unit(tag.display.unit if tag.display else tag.unit)
        mark = dmc.Badge(
            f"stale by {duration(tag.age_s)}" if tag.time else "never seen", color="orange", variant="light", tt="none"
        )
        value = with_unit(number(shown(tag.value, tag.display)), spelled)
        lines.append([tag.tag, value, when(tag.time, zone), mark if tag.stale else ""])
    return dmc.ScrollAreaAutosize(blocks.table(("Tag", "Newest value", "When", ""), lines), mah=360, type="auto")


def quarantine(rows: list[QuarantineView], zone: ZoneInfo) -> Any:
    """The rows with their reasons; the last column is for typing."""
    if not rows:
        return dmc.Text("Nothing in quarantine: every row could be read.", size="sm", c="dimmed")
    columns = [
        {"field": "tag", "headerName": "Tag", "width": 110},
        {"field": "time", "headerName": "Time in the log", "width": 160},
        {"field": "value", "headerName": "Value in the log", "width": 130},
        {"field": "reason", "headerName": "Reason", "flex": 1, "minWidth": 160},
        {"field": "correction", "headerName": "Right value", "width": 120, "editable": True,
         "cellDataType": "number"},
    ]  # fmt: skip
    records = [
        {
            "id": str(row.id), "tag": row.tag, "time": row.time, "value": row.value, "correction": None,
            "reason": row.reason + (" (corrected)" if row.corrected else ""),
        }
        for row in rows
    ]  # fmt: skip
    return blocks.grid("quarantine-table", columns, records, height=300)
