"""The line: throughput, OEE, what each machine's time goes into, and where a speed-up pays."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import dash
import dash_mantine_components as dmc
from dash import Input, Output, State, html

from api.schemas.base import Page as Listing
from api.schemas.plants import PlantView
from api.schemas.scenarios import OutcomeSummary, OutcomeView
from ui import blocks, progress
from ui.client import Client
from ui.figures.line import gains
from ui.line_view import headlines, picture, trouble
from ui.outcome_view import kpi_table
from ui.progress import part
from ui.words import asset_names, duration, site_zone, when

PATH, TITLE, ORDER = "/line", "Line", 15
EXPLANATION = "Items from left to right: what each machine's time goes into, how full buffers are, what holds it up."
DAY_S, WORLDS, SAMPLES = 86_400.0, 256, 480
LOOKED_AT = 5
"""Newest answers among which the page looks for one with a line."""
SNIPPET = """assets:
  - {id: line/source, type: source}
  - {id: line/filler, type: machine, settings: {cycle_s: 12.0}}
  - {id: line/buffer, type: buffer, settings: {capacity_count: 10}}
  - {id: line/packer, type: machine, settings: {cycle_s: {lognormal: {mean_s: 11.0, sd_s: 2.0}}}}
  - {id: line/sink, type: sink}
connections:
  - [line/source.out, line/filler.in]
  - [line/filler.out, line/buffer.in]
  - [line/buffer.out, line/packer.in]
  - [line/packer.out, line/sink.in]"""


async def layout(client: Client, plant: str, query: Mapping[str, str]) -> Any:
    """The newest run of the line as it is; a button runs it anew."""
    view, job = await asyncio.gather(
        client.read(PlantView, f"/plants/{plant}"), progress.active_job(client, plant, "whatif")
    )
    if not view.line:
        text = "A line of machines, buffers and conveyors stands in the plant file beside the physics."
        lines = dmc.Code(SNIPPET, block=True, ta="left", style={"whiteSpace": "pre-wrap", "overflowWrap": "anywhere"})
        empty = blocks.empty("This plant has no line yet", text, lines)
        return dmc.Stack([blocks.heading(TITLE, EXPLANATION), empty])
    run = dmc.Button("Run the line as it is", id="line-run", variant="light")
    ask = dmc.Anchor(dmc.Button("Ask what if"), href=f"/what-if?plant={plant}&asset={view.line[0]}")
    shown = await _newest(client, plant)
    return dmc.Stack(
        [
            blocks.heading(TITLE, EXPLANATION, run, ask),
            progress.panel("line", job),
            html.Div(line_page(view, shown), id="line-shown"),
        ]
    )


def register(board: dash.Dash, client: Client) -> None:
    """Run the line and show how it went."""

    @board.callback(
        Output(part("job", "line"), "data"),
        Input("line-run", "n_clicks"),
        State("plant", "data"),
        prevent_initial_call=True,
    )
    async def run(clicks: int | None, plant: str) -> Any:
        if not clicks:
            return dash.no_update
        body = {"name": "the line as it is", "changes": [], "horizon_s": DAY_S, "worlds": WORLDS,
                "sample_s": DAY_S / SAMPLES, "start": await _start(client, plant)}  # fmt: skip
        return (await client.post(f"/plants/{plant}/what-ifs", body, headers={"Idempotency-Key": str(uuid4())}))["id"]

    @board.callback(
        Output("line-shown", "children"),
        Input(part("ended", "line"), "data"),
        State("plant", "data"),
        prevent_initial_call=True,
    )
    async def finish(ended: dict[str, Any] | None, plant: str) -> Any:
        if not ended or ended["state"] != "done":
            return dash.no_update
        view = await client.read(PlantView, f"/plants/{plant}")
        return line_page(view, await _newest(client, plant))


def line_page(plant: PlantView, outcome: OutcomeView | None) -> Any:
    """Headlines, picture, bottleneck and figures of the baseline of an answer."""
    if outcome is None or outcome.line is None:
        text = "Run the line as it is: a day in 256 worlds, each with its own jams and repairs."
        return blocks.empty("The line was not run yet", text)
    run, names, scenario = outcome.line.baseline, asset_names(plant), outcome.scenario
    of_line = [kpi for kpi in outcome.kpis if kpi.baseline.mean is not None]
    zone = site_zone(plant.site.time_zone)
    note = (
        f"{duration(scenario.horizon_s)} from {scenario.start}, {scenario.worlds} worlds, as asked for "
        f"“{scenario.name}” on {when(outcome.created, zone)}: the baseline, without its changes."
    )
    told = blocks.card(kpi_table(of_line, single=True), title="Figures", note="Mean of worlds with its 95 % interval.")
    pays = blocks.card(blocks.graph(gains(run.gains, names), id="line-gains"), title="Where a speed-up pays")
    columns = dmc.Grid([dmc.GridCol(told, span={"base": 12, "lg": 7}), dmc.GridCol(pays, span={"base": 12, "lg": 5})])
    return dmc.Stack(
        [
            headlines(run, outcome.kpis, names),
            trouble(outcome.line),
            blocks.card(picture(plant, run, "line-picture"), title="From left to right", note=note),
            columns,
            dmc.Text(outcome.line.how, size="xs", c="dimmed"),
        ]
    )


async def _newest(client: Client, plant: str) -> OutcomeView | None:
    """The newest answer that says something of the line."""
    listing = await client.read(Listing[OutcomeSummary], f"/plants/{plant}/what-ifs", limit=LOOKED_AT)
    for summary in sorted(listing.items, key=lambda item: item.created, reverse=True):
        found = await client.read(OutcomeView, f"/plants/{plant}/what-ifs/{summary.id}")
        if found.line is not None:
            return found
    return None


async def _start(client: Client, plant: str) -> str:
    """Now where there is physics with a log to start from, else at the beginning of the calendar."""
    view = await client.read(PlantView, f"/plants/{plant}")
    return "now" if len(view.line) < len(view.assets) and view.sensors else "nominal"
