"""What fails next: chances, remaining life, reasons and the suggested action, for every asset and failure mode."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import dash
import dash_ag_grid as dag
import dash_mantine_components as dmc
from dash import Input, Output, State

from api.schemas.plants import PlantView
from api.schemas.prognosis import FailureForecastView, ForecastList, ProbabilityView
from ui import blocks, progress, runs
from ui.client import Client
from ui.figures import failures as figures
from ui.words import asset_names, chance, days, iso, leaf, site_zone, when

PATH, TITLE, ORDER = "/failures", "Failures", 40
HORIZONS = (1, 7, 30, 90, 365)
EXPLANATION = "Wear run forward from today under everything the calibration leaves open: chances with 90 % intervals."


async def layout(client: Client, plant: str, query: Mapping[str, str]) -> Any:
    """Heading with the run button, progress, then the forecast."""
    job = await progress.active_job(client, plant, "predict")
    run = dmc.Button("Run prediction", id="failures-run")
    return dmc.Stack(
        [
            blocks.heading("Failures", EXPLANATION, run),
            progress.panel("failures", job),
            dmc.Box(await _content(client, plant), id="failures-content"),
        ],
        gap="md",
    )


def register(board: dash.Dash, client: Client) -> None:
    """Start a prediction; show it when it has ended; explain the chosen row."""
    runs.register(board, client, "failures", _content, "predictions")

    @board.callback(
        Output("failures-detail", "children"),
        Input("failures-table", "selectedRows"),
        State("plant", "data"),
    )
    async def explain(rows: list[dict[str, Any]] | None, plant: str) -> Any:
        forecasts, view = await asyncio.gather(_forecasts(client, plant), client.read(PlantView, f"/plants/{plant}"))
        wanted = (rows[0]["asset"], rows[0]["mode"]) if rows else None
        chosen = next((item for item in forecasts if (item.asset, item.mode) == wanted), None)
        return detail(chosen or forecasts[0], asset_names(view)) if forecasts else []


async def _forecasts(client: Client, plant: str) -> list[FailureForecastView]:
    latest = await client.maybe(ForecastList, f"/plants/{plant}/predictions/latest")
    return latest.items if latest else []


async def _content(client: Client, plant: str) -> Any:
    forecasts = await _forecasts(client, plant)
    if not forecasts:
        return blocks.empty(
            "No prediction yet",
            "A prediction needs a calibrated model (page Models) and assets with wear. It takes about a minute.",
            blocks.command(f"twin predict {plant}"),
        )
    view = await client.read(PlantView, f"/plants/{plant}")
    zone, names = site_zone(view.site.time_zone), asset_names(view)
    issued, version = max(item.issued for item in forecasts), forecasts[0].model_version
    source = f"model version {version}" if version else "the plant file's priors alone: nothing is calibrated yet"
    note = f"Issued {when(issued, zone)} from {source}. Choose a row to see why."
    return dmc.Stack(
        [
            blocks.card(
                blocks.graph(figures.timeline(forecasts, names), id="failures-timeline"),
                title="Remaining useful life",
                note="Bar: 5 % to 95 %; dot: median; a triangle lies beyond.",
            ),
            blocks.card(table(forecasts, names), title="Chance to fail", note=note),
            dmc.Box(id="failures-detail"),
        ]
    )


def table(forecasts: list[FailureForecastView], names: Mapping[str, str]) -> dag.AgGrid:
    """One row an asset and mode, most pressing first."""
    columns = [
        {"field": "name", "headerName": "Asset", "tooltipField": "asset", "flex": 2, "minWidth": 130},
        {"field": "mode", "headerName": "Failure mode", "flex": 2, "minWidth": 130},
        *({"field": f"p{day}", "headerName": f"P({day} d)", "flex": 1, "minWidth": 108} for day in HORIZONS),
        {"field": "life", "headerName": "Remaining life", "flex": 2, "minWidth": 120},
        {"field": "wear", "headerName": "Wear now", "flex": 1, "minWidth": 95},
        {"field": "action", "headerName": "Suggested action", "flex": 2, "minWidth": 140},
    ]
    rows = [row(forecast, names) for forecast in forecasts]
    return blocks.grid("failures-table", columns, rows, select="single", selected=rows[:1])


def row(forecast: FailureForecastView, names: Mapping[str, str]) -> dict[str, Any]:
    """A forecast as the table shows it."""
    life = forecast.remaining_days
    median, early, late = (days(item, figures.horizon_of(forecast)) for item in (life.p50, life.p05, life.p95))
    sure = life.p05 is None or life.p05 == life.p95
    chances = {f"p{day}": _with_interval(figures.within(forecast, day)) for day in HORIZONS}
    return {
        "id": f"{forecast.asset} {forecast.mode}",
        "asset": forecast.asset,
        "name": names.get(forecast.asset, leaf(forecast.asset)),
        "mode": forecast.mode,
        "life": median if sure else f"{median} ({early} … {late})",
        "wear": chance(forecast.wear_now.median),
        "action": forecast.action,
        "issued": iso(forecast.issued),
        **chances,
    }


def detail(forecast: FailureForecastView, names: Mapping[str, str]) -> dmc.SimpleGrid:
    """Chances by horizon beside what the uncertainty comes from."""
    name = f"{names.get(forecast.asset, leaf(forecast.asset))} · {forecast.mode}"
    action = dmc.Text(["Suggested: ", dmc.Text(_advice(forecast), span=True, fw=600)], size="sm")
    return dmc.SimpleGrid(
        [
            blocks.card(blocks.graph(figures.chances(forecast)), action, title=f"Chance to fail: {name}"),
            blocks.card(
                blocks.graph(figures.contributors(forecast, names)),
                title="Why we are not surer",
                note="Share of the spread of the remaining life that each cause explains.",
            ),
        ],
        cols={"base": 1, "md": 2},
    )


def _advice(forecast: FailureForecastView) -> str:
    """What to do, and when it costs least."""
    wanted, due = forecast.action or "keep watching", forecast.maintenance
    if due is None or due.days is None:
        return wanted
    when_due = "now" if due.days == 0 else f"in {days(due.days)}"
    return f"{wanted} {when_due}, cheapest where a failure costs {due.failure_cost_ratio:g} times as much"


def _with_interval(entry: ProbabilityView) -> str:
    if entry.low is None or entry.high is None or entry.high < 0.005:
        return chance(entry.value)
    span = f"({100 * entry.low:.0f}\u2060–\u2060{100 * entry.high:.0f})"  # never broken at the dash
    return f"{chance(entry.value)} {span}"
