"""`twin anomalies`: when the plant did what the model did not expect, and which tag showed it."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
import typer

from twin.cli.instants import instant_us
from twin.cli.terminal import Json, open_context, progress_bar, show, table
from twin.records.anomaly import AnomalySignal
from twin.services import anomalies as service
from twin.store.documents import plain

Plant = Annotated[str, typer.Argument(help="Name of the plant.")]
LearnTo = Annotated[str, typer.Option("--learn-to", help="Rows before this time are healthy, ISO 8601 with offset.")]
From = Annotated[str | None, typer.Option("--from", help="First row, ISO 8601 with offset.")]
To = Annotated[str | None, typer.Option("--to", help="No row at or after it, ISO 8601 with offset.")]
Version = Annotated[int | None, typer.Option("--version", help="Number of the model; the champion by default.")]
Margin = Annotated[float | None, typer.Option("--margin", min=1e-6, help="Alarm at so many times the learned limit.")]
FalseAlarms = Annotated[
    float,
    typer.Option("--false-alarms", min=0.0, max=0.5, help="Without --margin: share of healthy rows that may alarm."),
]


def register(parent: typer.Typer) -> None:
    """Add `anomalies` to the terminal."""
    parent.command("anomalies")(anomalies)


def anomalies(
    plant: Plant,
    learn_to: LearnTo,
    from_: From = None,
    to: To = None,
    version: Version = None,
    margin: Margin = None,
    false_alarms: FalseAlarms = service.FALSE_ALARM_RATIO,
    as_json: Json = False,
) -> None:
    """Follow a stretch of log and report what neither the model nor its usual errors explain."""
    context = open_context()
    with progress_bar(plant) as progress:
        found = service.watch(
            context,
            plant,
            instant_us(learn_to, "--learn-to") or 0,
            start_us=instant_us(from_, "--from"),
            end_us=instant_us(to, "--to"),
            version=version,
            margin=margin,
            false_alarm_ratio=false_alarms,
            progress=progress,
        )
    show(plain(found), as_json=as_json, text=lambda _document: _text(found))


def _text(found: AnomalySignal) -> str:
    watched = found.measured & ~found.learned
    head = f"{found.plant}: {int(found.alarm.sum())} of {int(watched.sum())} watched rows alarm"
    rows = [_row(found, at) for at in range(len(found.episodes))]
    return f"{head}, at {found.margin:.2g} times the learned limit\n{table(rows, ('from', 'to', 'peak', 'tag'))}"


def _row(found: AnomalySignal, at: int) -> dict[str, Any]:
    item = found.episodes[at]
    return {"from": _time(item.start_us), "to": _time(item.end_us), "peak": f"{item.peak_ratio:.1f}", "tag": item.tag}


def _time(time_us: int) -> str:
    return f"{np.datetime64(time_us, 'us').astype('datetime64[s]')}Z"
