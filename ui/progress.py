"""Long work on screen: a bar with words, a cancel button, and a notice of how it ended.

A page puts `panel(page)` where the bar should be, sets the `job` store to start watching, and listens to the `ended`
store. The watching survives a reload: the page asks `active_job` for work that is still going on.
"""

from __future__ import annotations

from typing import Any

import dash
import dash_mantine_components as dmc
from dash import MATCH, Input, Output, State, dcc

from api.schemas.base import Page as Listing
from api.schemas.jobs import FINISHED, JobView
from ui.alerts import problem_alert
from ui.client import Client, Problem

POLL_MS = 700
TITLES = {
    "ingest": "Taking in a log",
    "recalibrate": "Recalibration",
    "whatif": "What-if",
    "predict": "Failure prediction",
    "anomalies": "Looking for anomalies",
    "nightly": "Nightly recalibration",
    "coverage": "Holding bands against data",
    "cell": "Robot cell",
    "estimate": "Looking inside",
    "surrogate": "Training the stand-in",
    "plan": "Plan",
}
SHOWN, HIDDEN = {"display": "block"}, {"display": "none"}


def part(name: str, page: Any) -> dict[str, Any]:
    """Id of one piece of a page's panel: job, tick, box, bar, text, cancel, notice, ended."""
    return {"progress": name, "page": page}


def panel(page: str, job: str | None = None) -> dmc.Stack:
    """The bar of one page, hidden until its `job` store holds a job's id."""
    text = dmc.Text(id=part("text", page), size="sm")
    cancel = dmc.Button("Cancel", id=part("cancel", page), size="compact-sm", color="gray", variant="light")
    bar = dmc.Progress(id=part("bar", page), value=0, animated=True, size="lg")
    rows = [dmc.Group([text, cancel], justify="space-between"), bar]
    return dmc.Stack(
        [
            dcc.Store(id=part("job", page), data=job),
            dcc.Store(id=part("ended", page)),
            dcc.Interval(id=part("tick", page), interval=POLL_MS, disabled=True),
            dmc.Paper(dmc.Stack(rows, gap="xs"), id=part("box", page), withBorder=True, p="sm", style=HIDDEN),
            dmc.Box(id=part("notice", page)),
        ],
        gap="xs",
    )


async def active_job(client: Client, plant: str, *kinds: str) -> str | None:
    """Id of the plant's newest job of these kinds that has not ended."""
    jobs = await client.read(Listing[JobView], "/jobs", plant=plant)
    going = [job for job in jobs.items if job.kind in kinds and job.state not in FINISHED]
    return max(going, key=lambda job: job.created).id if going else None


def register(board: dash.Dash, client: Client) -> None:
    """Watch and cancel, once for all pages."""

    @board.callback(
        Output(part("box", MATCH), "style"),
        Output(part("bar", MATCH), "value"),
        Output(part("text", MATCH), "children"),
        Output(part("notice", MATCH), "children"),
        Output(part("tick", MATCH), "disabled"),
        Output(part("ended", MATCH), "data"),
        Input(part("job", MATCH), "data"),
        Input(part("tick", MATCH), "n_intervals"),
    )
    async def watch(identity: str | None, _ticks: int | None) -> tuple[Any, ...]:
        if identity is None:
            return HIDDEN, 0, "", dash.no_update, True, dash.no_update
        job = await client.read(JobView, f"/jobs/{identity}")
        if job.state in FINISHED:
            return HIDDEN, 100, "", notice(job), True, {"id": job.id, "state": job.state, "result": job.result}
        return SHOWN, 100 * job.share, progress_text(job), [], False, dash.no_update

    @board.callback(
        Output(part("text", MATCH), "children", allow_duplicate=True),
        Input(part("cancel", MATCH), "n_clicks"),
        State(part("job", MATCH), "data"),
        prevent_initial_call=True,
    )
    async def cancel(clicks: int | None, identity: str | None) -> Any:
        if not clicks or identity is None:
            return dash.no_update
        await client.post(f"/jobs/{identity}/cancel")
        return "Cancelling; it stops at the next safe point"


def progress_text(job: JobView) -> str:
    """What the work is doing, in one line."""
    if job.cancel_requested:
        return "Cancelling; it stops at the next safe point"
    title = TITLES.get(job.kind, job.kind)
    if job.state == "queued":
        return f"{title}: waiting for the background runner"
    return f"{title}: {job.text or 'working'} · {100 * job.share:.0f} %"


def notice(job: JobView) -> Any:
    """How the work ended: nothing for success (the page shows the result), words for the rest."""
    title = TITLES.get(job.kind, job.kind)
    if job.state == "cancelled":
        return dmc.Alert("Nothing was changed.", title=f"{title} was cancelled", color="gray", withCloseButton=True)
    if job.state == "failed":
        faults = tuple(fault.model_dump() for fault in job.faults)
        refused = bool(faults) or job.text.startswith("refused")
        status, ended = (422, "was refused") if refused else (500, "failed")
        return problem_alert(Problem(status, f"{title} {ended}", job.error or "No reason given", faults))
    return []
