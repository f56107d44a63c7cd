"""What no sensor shows: wear, temperatures and parameters inside the plant, and which readings surprised."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from typing import Any

import dash
import dash_mantine_components as dmc
from dash import Input, Output, State

from api.schemas.estimates import EstimateView, HiddenView, SurpriseView
from api.schemas.plants import PlantView
from ui import blocks, progress, runs
from ui.client import Client
from ui.figures import states as figures
from ui.words import asset_names, leaf, number, plain, shown, shown_width, site_zone, unit, when, with_unit

PATH, TITLE, ORDER = "/states", "States", 25
EXPLANATION = "What no sensor shows, as the last hours of readings tell it through the model."
KINDS = ("wear", "parameter", "state")
"""In the order of the table."""
MOST_TAGS = 8
SYMBOL = re.compile(r",? \w$")
SURPRISES = (
    "Each reading against what the model expected of it; beyond ±3 σ something is other than the model believes."
)


async def layout(client: Client, plant: str, query: Mapping[str, str]) -> Any:
    """Run button and progress, then the newest look."""
    job = await progress.active_job(client, plant, "estimate")
    run = dmc.Button("Look inside now", id="states-run")
    return dmc.Stack(
        [
            blocks.heading(TITLE, EXPLANATION, run),
            progress.panel("states", job),
            dmc.Box(await _content(client, plant), id="states-content"),
        ]
    )


def register(board: dash.Dash, client: Client) -> None:
    """Order a look, show it when it has ended, draw the chosen number."""
    runs.register(board, client, "states", _content, "estimates")

    @board.callback(Output("states-detail", "children"), Input("states-table", "selectedRows"), State("plant", "data"))
    async def show(rows: list[dict[str, Any]] | None, plant: str) -> Any:
        if not rows:
            return dash.no_update
        found, view = await _read(client, plant)
        chosen = next((item for item in found.hidden if _key(item) == rows[0]["id"]), None) if found else None
        return detail(found, chosen, view) if found and chosen else dash.no_update


async def _read(client: Client, plant: str) -> tuple[EstimateView | None, PlantView]:
    return await asyncio.gather(
        client.maybe(EstimateView, f"/plants/{plant}/estimates/latest"), client.read(PlantView, f"/plants/{plant}")
    )


async def _content(client: Client, plant: str) -> Any:
    found, view = await _read(client, plant)
    if found is None:
        return blocks.empty(
            "Nobody has looked yet",
            "Looking inside follows the last hours of the log with many copies of the model; it takes some seconds.",
            blocks.command(f"twin estimate {plant}"),
        )
    zone = site_zone(view.site.time_zone)
    source = f"model version {found.version}" if found.version else "the plant file's priors: nothing is calibrated yet"
    note = f"At {when(found.times[-1], zone)}, from {source}. Choose a row to see its course."
    return dmc.Stack(
        [
            blocks.card(table(found, view), title="Inside the plant", note=note),
            dmc.Box(id="states-detail"),
            blocks.card(
                blocks.graph(figures.surprises(found, zone), id="states-surprises"),
                _tags(found),
                title="What the readings surprised",
                note=SURPRISES,
            ),
        ]
    )


def table(found: EstimateView, view: PlantView) -> Any:
    """All hidden numbers, wear first, the most worn on top and chosen."""
    names = asset_names(view)
    columns = [
        {"field": "asset", "headerName": "Asset", "tooltipField": "path", "flex": 2, "minWidth": 150},
        {"field": "what", "headerName": "What", "flex": 3, "minWidth": 200},
        {"field": "kind", "headerName": "Kind", "width": 110},
        {"field": "now", "headerName": "Now", "flex": 1, "minWidth": 130},
        {"field": "spread", "headerName": "Known to ±", "flex": 1, "minWidth": 120},
        {"field": "change", "headerName": "Change in these hours", "flex": 1, "minWidth": 150},
    ]
    listed = sorted(found.hidden, key=lambda item: (KINDS.index(item.kind), -_now(item) if item.kind == "wear" else 0))
    rows = [row(item, names) for item in listed]
    return blocks.grid("states-table", columns, rows, select="single", selected=rows[:1], height=420)


def row(item: HiddenView, names: Mapping[str, str]) -> dict[str, str]:
    """One number as the table shows it."""
    spelled = unit(item.display.unit if item.display else item.unit)
    mean, spread = item.mean, item.spread
    first, last = mean[0] or 0.0, mean[-1] or 0.0
    return {
        "id": _key(item),
        "path": f"{item.asset}.{item.quantity}",
        "asset": names.get(item.asset, leaf(item.asset)),
        "what": _what(item),
        "kind": item.kind,
        "now": with_unit(number(shown(last, item.display), 4), spelled),
        "spread": with_unit(number(shown_width(spread[-1], item.display), 2), spelled),
        "change": with_unit(number(shown_width(last - first, item.display), 2), spelled),
    }


def detail(found: EstimateView, item: HiddenView, view: PlantView) -> Any:
    """The course of one number."""
    name = asset_names(view).get(item.asset, leaf(item.asset))
    picture = blocks.graph(figures.course(found, item, site_zone(view.site.time_zone)), id="states-course")
    return blocks.card(picture, title=f"{name}: {_what(item)}")


def _what(item: HiddenView) -> str:
    """What its type says of it, without the letter that stands for it in the equations."""
    return SYMBOL.sub("", item.meaning) or plain(item.quantity.replace(".", " "))


def _tags(found: EstimateView) -> Any:
    """The tags that surprise most."""
    listed = sorted(found.tags, key=lambda item: -(item.size or 0.0))[:MOST_TAGS]
    rows = [
        [
            item.tag,
            number(item.size, 2),
            _with_spread(item),
        ]
        for item in listed
    ]
    return blocks.table(("Tag", "Surprise (1: as expected)", "Reads beside the model"), rows, size="xs", numeric=True)


def _with_spread(item: SurpriseView) -> str:
    """What a tag reads beside the model, and how far readings leave that open."""
    told = number(shown_width(item.beside, item.display), 3)
    if item.spread is not None:
        told += f" ± {number(shown_width(item.spread, item.display), 1)}"
    return with_unit(told, unit(item.display.unit if item.display else item.unit))


def _now(item: HiddenView) -> float:
    return item.mean[-1] or 0.0


def _key(item: HiddenView) -> str:
    return f"{item.asset}.{item.quantity}"
