"""Measured beside predicted: is the model right, and where not?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import dash
import dash_mantine_components as dmc
from dash import Input, Output, State, dcc

from api.schemas.base import Page as Listing
from api.schemas.plants import PlantView
from api.schemas.readings import EventView, SeriesList
from api.schemas.status import StatusView
from api.schemas.trends import TrendsView, TrendView
from ui import blocks
from ui.anomalies import anomalies
from ui.anomalies import register as register_anomalies
from ui.client import Client
from ui.figures.trends import trends
from ui.words import from_local, iso, local, site_zone

PATH, TITLE, ORDER = "/trends", "Trends", 20
EXPLANATION = "A free run of the model from the inputs alone, never corrected by what the sensors then measured."
RANGES = {"1 h": 1, "8 h": 8, "1 d": 24, "7 d": 24 * 7, "30 d": 24 * 30}
CUSTOM = "from … to"
DEFAULT_RANGE = "1 d"
MAX_POINTS = 1500
MOST_EVENTS = 1000
"""A page of the API holds no more."""
TAGS_AT_FIRST = 3


async def layout(client: Client, plant: str, query: Mapping[str, str]) -> Any:
    """Choice of tags and time, then the picture; without data, the next step."""
    status = await client.read(StatusView, f"/plants/{plant}/status")
    view = await client.read(PlantView, f"/plants/{plant}")
    if status.newest is None:
        return dmc.Stack([blocks.heading(TITLE, EXPLANATION), _no_data(plant)])
    sensors, inputs = [sensor.tag for sensor in view.sensors], [item.tag for item in view.inputs]
    asked = [tag for tag in query.get("tags", "").split(",") if tag in (*sensors, *inputs)]
    zone = site_zone(view.site.time_zone)
    begin, end = asked_stretch(query, status.newest)
    chosen = CUSTOM if "from" in query else DEFAULT_RANGE
    choice = dmc.MultiSelect(
        id="trends-tags", label="Tags", data=[*sensors, *inputs], value=asked or sensors[:TAGS_AT_FIRST],
        searchable=True, clearable=True, hidePickedOptions=True, style={"flex": 1, "minWidth": 260},
    )  # fmt: skip
    span = dmc.SegmentedControl(id="trends-range", data=[*RANGES, CUSTOM], value=chosen, size="sm")
    edges = [
        dmc.DateTimePicker(
            id=f"trends-{name}", label=name, value=f"{local(edge, zone):%Y-%m-%d %H:%M:%S}", w=190, size="sm"
        )
        for name, edge in (("from", begin), ("to", end))
    ]
    dates = dmc.Group(edges, id="trends-dates", gap="sm", style={"display": "none"})
    return dmc.Stack(
        [
            blocks.heading(TITLE, EXPLANATION),
            dmc.Group([choice, span, dates], align="flex-end", gap="md"),
            dcc.Loading(
                dmc.Box(id="trends-picture", mih=200), type="dot", delay_show=400, overlay_style={"opacity": 0.5}
            ),
            await anomalies(client, plant, zone),
        ]
    )


def register(board: dash.Dash, client: Client) -> None:
    """Show the date fields where asked for; draw what was chosen; look for anomalies."""
    register_anomalies(board, client)

    @board.callback(Output("trends-dates", "style"), Input("trends-range", "value"))
    async def show_dates(choice: str) -> dict[str, str]:
        return {"display": "flex" if choice == CUSTOM else "none"}

    @board.callback(
        Output("trends-picture", "children"),
        Input("trends-tags", "value"),
        Input("trends-range", "value"),
        Input("trends-from", "value"),
        Input("trends-to", "value"),
        State("plant", "data"),
    )
    async def draw(tags: list[str], choice: str, start: str | None, end: str | None, plant: str) -> Any:
        if not tags:
            return blocks.empty("No tag chosen", "Choose one or more tags above.")
        view = await client.read(PlantView, f"/plants/{plant}")
        zone = site_zone(view.site.time_zone)
        if choice == CUSTOM:
            if not start or not end or start >= end:
                return blocks.empty("No stretch of time", "Choose a start before the end.")
            begin, finish = from_local(start, zone), from_local(end, zone)
        else:
            begin, finish = await _latest(client, plant, RANGES[choice])
        edges = {"start": iso(begin), "end": iso(finish)}
        found = await courses(client, view, tags, edges)
        events = await client.read(Listing[EventView], f"/plants/{plant}/events", limit=MOST_EVENTS, **edges)
        return picture(found, trends(found, zone, events.items), zone.key)


def asked_stretch(query: Mapping[str, str], newest: datetime) -> tuple[datetime, datetime]:
    """The stretch that an address names (UTC, ISO 8601), else the last day; what cannot be read counts as not said."""
    edges = []
    for name, usual in (("from", newest - timedelta(days=1)), ("to", newest)):
        try:
            named = datetime.fromisoformat(query[name])
        except (KeyError, ValueError):
            named = usual
        edges.append(named if named.tzinfo else usual)
    return edges[0], edges[1]


async def courses(client: Client, view: PlantView, tags: list[str], edges: dict[str, str]) -> TrendsView:
    """Measured beside predicted; a tag that no model explains, such as an input, is measured alone and comes last."""
    modelled = {sensor.tag for sensor in view.sensors if sensor.measures and view.assets}
    both, alone = [tag for tag in tags if tag in modelled], [tag for tag in tags if tag not in modelled]
    found = TrendsView(tags=[], model_version=None, in_support=[])
    if both:
        path = f"/plants/{view.plant}/trends"
        found = await client.read(TrendsView, path, tags=",".join(both), max_points=MAX_POINTS, **edges)
    if alone:
        path = f"/plants/{view.plant}/readings"
        series = await client.read(SeriesList, path, tags=",".join(alone), max_points=MAX_POINTS, **edges)
        found.tags.extend(
            TrendView(
                tag=item.tag, unit=item.unit, display=item.display, times=item.times, measured=item.values,
                mean=[], physics=[], low=[], high=[],
            )
            for item in series.items
        )  # fmt: skip
    return found


async def _latest(client: Client, plant: str, hours: float) -> tuple[datetime, datetime]:
    status = await client.read(StatusView, f"/plants/{plant}/status")
    assert status.newest is not None, "the page offers ranges only where there are readings"
    return status.newest - timedelta(hours=hours), status.newest


def picture(view: TrendsView, figure: Any, zone: str) -> Any:
    """The figure under one line that says what the lines are and how far to trust them."""
    notes = []
    if view.tags and not any(tag.mean for tag in view.tags):
        text = "No model explains these tags; they are shown as measured."
        notes.append(dmc.Alert(text, color="gray", title="Measured only"))
    elif view.model_version is None:
        text = "Nothing is calibrated yet: this is physics at the priors of the plant file. Recalibrate on page Models."
        notes.append(dmc.Alert(text, color="yellow", title="Not calibrated"))
    if view.in_support and not all(view.in_support):
        share = view.in_support.count(False) / len(view.in_support)
        text = (
            f"In {100 * share:.0f} % of this time (shaded) the plant ran outside what the residual has learned from; "
            "there the prediction falls back on physics."
        )
        notes.append(dmc.Alert(text, color="orange", title="Outside the training data"))
    source = f"Model version {view.model_version}. " if view.model_version is not None else ""
    note = f"{source}Time at the site ({zone}). Gaps: missing or bad data; grey ground: a stop; dotted lines: events."
    return dmc.Stack([*notes, blocks.card(blocks.graph(figure, id="trends-graph"), note=note)])


def _no_data(plant: str) -> Any:
    return blocks.empty(
        "No readings yet",
        "Take in a log by a mapping file, or send live readings to the API.",
        blocks.command(f"twin ingest {plant} log.csv --mapping mapping.yaml"),
    )
