"""The plant at a glance: its graph with the health of every asset, one asset in depth, and its revisions."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import dash
import dash_cytoscape as cyto
import dash_mantine_components as dmc
from dash import Input, Output, State, html

from api.schemas.base import Page as Listing
from api.schemas.models import ModelView
from api.schemas.plants import DiffView, GraphAnswer, PlantView, RevisionView
from api.schemas.prognosis import FailureForecastView, ForecastList
from api.schemas.status import StatusView
from ui import blocks
from ui.asset_panel import asset_panel, reading_text
from ui.client import Client
from ui.figures.failures import within
from ui.figures.plant_graph import FILLS, LAYOUT, Health, elements, stylesheet
from ui.words import NOTHING, asset_names, chance, count, leaf, site_zone, when

PATH, TITLE, ORDER = "/", "Plant", 10
EXPLANATION = "Colour: the worst chance to fail within 30 days. Choose an asset to see it in depth."
FEW_ASSETS, SMALL_PX, LARGE_PX = 12, 400, 760
LEGEND = {
    "good": "below 5 %", "watch": "5 to 30 %", "act": "above 30 %", "stale": "data stale", "unknown": "no forecast",
}  # fmt: skip


@dataclass(frozen=True)
class Glance:
    """What the page knows at one moment."""

    plant: PlantView
    status: StatusView
    model: ModelView | None
    forecasts: list[FailureForecastView]


async def layout(client: Client, plant: str, query: Mapping[str, str]) -> Any:
    """Figures on top, the graph beside one asset, the revisions below."""
    glance, revisions = await asyncio.gather(
        _glance(client, plant), client.read(Listing[RevisionView], f"/plants/{plant}/revisions")
    )
    assets = [asset.id for asset in glance.plant.assets if asset.type]
    asset = query.get("asset") if query.get("asset") in assets else _first(glance, assets)
    height = SMALL_PX if len(assets) <= FEW_ASSETS else LARGE_PX
    graph = cyto.Cytoscape(
        id="plant-graph", elements=elements(glance.plant, healths(glance), _labels(glance)), layout=LAYOUT,
        stylesheet=stylesheet(), style={"width": "100%", "height": height}, minZoom=0.2, maxZoom=2.5,
        userZoomingEnabled=True, boxSelectionEnabled=False, responsive=True,
    )  # fmt: skip
    names = asset_names(glance.plant)
    choices = [{"value": asset, "label": f"{names[asset]} ({asset})"} for asset in assets]
    choice = dmc.Select(
        id="plant-asset", label="Asset", data=choices, value=asset, searchable=True, allowDeselect=False, mb="sm"
    )
    columns = dmc.Grid(
        [
            dmc.GridCol(blocks.card(_legend(), graph) if assets else _no_assets(), span={"base": 24, "lg": 17}),
            dmc.GridCol(blocks.card(choice, html.Div(id="plant-panel")), span={"base": 24, "lg": 7}),
        ],
        columns=24,
    )
    return dmc.Stack([blocks.heading(TITLE, EXPLANATION), _stats(glance), columns, _history(glance, revisions.items)])


def register(board: dash.Dash, client: Client) -> None:
    """Choose an asset in the graph, show it, and compare two revisions."""

    @board.callback(Output("plant-asset", "value"), Input("plant-graph", "tapNodeData"), prevent_initial_call=True)
    async def choose(node: dict[str, Any] | None) -> Any:
        return node["id"] if node and node.get("kind") == "asset" else dash.no_update

    @board.callback(Output("plant-panel", "children"), Input("plant-asset", "value"), State("plant", "data"))
    async def show(asset: str | None, plant: str) -> Any:
        if asset is None:
            return dmc.Text("Nothing to choose yet.", size="sm", c="dimmed")
        path = f"/plants/{plant}/graph"
        glance, affected = await asyncio.gather(
            _glance(client, plant), client.read(GraphAnswer, path, asset=asset, question="affected")
        )
        chosen = next(item for item in glance.plant.assets if item.id == asset)
        others = [item for item in affected.assets if item != asset]
        return asset_panel(chosen, glance.plant, glance.status.tags, glance.model, glance.forecasts, others)

    @board.callback(
        Output("plant-diff", "children"),
        Input("plant-from", "value"),
        Input("plant-to", "value"),
        State("plant", "data"),
    )
    async def compare(older: str | None, newer: str | None, plant: str) -> Any:
        if not older or not newer:
            return dmc.Text("Only one revision so far.", size="sm", c="dimmed")
        query = {"from": older, "to": newer}
        return diff_table(await client.read(DiffView, f"/plants/{plant}/diff", **query))


def _no_assets() -> dmc.Paper:
    return blocks.empty(
        "No asset yet",
        "The tags of this plant are stored and shown on page Trends. To model it, add assets to its plant file, join "
        "them, say what each tag measures, and import the file again.",
        blocks.command("twin plant import plant.yaml"),
    )


def healths(glance: Glance) -> dict[str, Health]:
    """Worst chance to fail within 30 days and stale tags, per asset."""
    late = {reading.tag for reading in glance.status.tags if reading.stale}
    stale = {sensor.measures.partition(".")[0] for sensor in glance.plant.sensors if sensor.tag in late}
    risks: dict[str, float] = {}
    for forecast in glance.forecasts:
        value = within(forecast, 30).value
        if value is not None:
            risks[forecast.asset] = max(value, risks.get(forecast.asset, 0.0))
    return {asset.id: Health(risks.get(asset.id), asset.id in stale) for asset in glance.plant.assets}


def diff_table(diff: DiffView) -> Any:
    """Every difference between two revisions: what, before, after."""
    if not diff.items:
        return dmc.Text("These revisions do not differ.", size="sm", c="dimmed")
    where = [dmc.Code(change.path, className="breakable") for change in diff.items]
    rows = [
        [change.op, path, _brief(change.old), _brief(change.new)]
        for change, path in zip(diff.items, where, strict=True)
    ]
    return blocks.table(("Change", "Where", "Before", "After"), rows)


async def _glance(client: Client, plant: str) -> Glance:
    view, status, model, forecasts = await asyncio.gather(
        client.read(PlantView, f"/plants/{plant}"),
        client.read(StatusView, f"/plants/{plant}/status"),
        client.maybe(ModelView, f"/plants/{plant}/models/champion"),
        client.maybe(ForecastList, f"/plants/{plant}/predictions/latest"),
    )
    return Glance(view, status, model, forecasts.items if forecasts else [])


def _first(glance: Glance, assets: Sequence[str]) -> str | None:
    """The most pressing asset, else a critical one, else the first."""
    pressing = [forecast.asset for forecast in glance.forecasts if forecast.asset in assets]
    critical = [asset.id for asset in glance.plant.assets if asset.critical]
    return next(iter([*pressing, *critical, *assets]), None)


def _labels(glance: Glance) -> dict[str, str]:
    """Line under an asset's name: its first sensor's newest value."""
    values = {reading.tag: reading_text(reading) for reading in glance.status.tags if reading.value is not None}
    labels: dict[str, str] = {}
    for sensor in glance.plant.sensors:
        if sensor.tag in values:
            labels.setdefault(sensor.measures.partition(".")[0], values[sensor.tag])
    return labels


def _stats(glance: Glance) -> dmc.SimpleGrid:
    zone = site_zone(glance.plant.site.time_zone)
    worst = max(glance.forecasts, key=lambda item: within(item, 30).value or 0.0, default=None)
    stale = sum(tag.stale for tag in glance.status.tags)
    model = glance.model
    improved = model.gate.verdict if model else "Recalibrate on page Models"
    asset, pressing = NOTHING, "Run a prediction on page Failures"
    if worst:
        asset = asset_names(glance.plant).get(worst.asset, leaf(worst.asset))
        pressing = f"{worst.mode}: {chance(within(worst, 30).value)} within 30 d"
    late = f"{stale} of {len(glance.status.tags)} tags stale"
    cards = [
        blocks.stat("Newest reading", when(glance.status.newest, zone), late),
        blocks.stat("Model in service", f"version {model.version}" if model else "none yet", improved),
        blocks.stat("Most pressing", asset, pressing),
        blocks.stat("Rows in quarantine", count(glance.status.quarantined), "see page Models"),
    ]  # fmt: skip
    return dmc.SimpleGrid(cards, cols={"base": 2, "lg": 4})


def _legend() -> dmc.Group:
    dots = [
        html.Div(className="legend-dot", style={"background": FILLS[word][0], "borderColor": FILLS[word][1]})
        for word in LEGEND
    ]
    return dmc.Group(
        [dmc.Group([dot, dmc.Text(text, size="xs")], gap=6) for dot, text in zip(dots, LEGEND.values(), strict=True)],
        gap="md",
    )


def _history(glance: Glance, revisions: Sequence[RevisionView]) -> dmc.Paper:
    zone = site_zone(glance.plant.site.time_zone)
    ordered = sorted(revisions, key=lambda item: -item.revision)
    rows = [[str(item.revision), when(item.created, zone), item.author, item.reason] for item in ordered]
    listed = blocks.table(("Revision", "When", "Who", "Why"), rows)
    choices = [str(item.revision) for item in ordered]
    older, newer = (choices[1], choices[0]) if len(choices) > 1 else (None, None)
    selects = dmc.Group(
        [
            dmc.Select(id="plant-from", label="from", data=choices, value=older, w=100, size="xs"),
            dmc.Select(id="plant-to", label="to", data=choices, value=newer, w=100, size="xs"),
        ]
    )
    compared = dmc.Stack([selects, html.Div(id="plant-diff")])
    grid = dmc.SimpleGrid([listed, compared], cols={"base": 1, "md": 2})
    return blocks.card(grid, title="Revisions", note="Every change of the plant file is kept; any two can be compared.")


def _brief(value: Any) -> str:
    text = str(value)
    return "–" if value is None else text if len(text) <= 80 else f"{text[:77]}…"
