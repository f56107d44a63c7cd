"""`twin whatif`: ask what would happen, in paired worlds."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from twin.cli.terminal import Json, open_context, progress_bar, show, table
from twin.errors import Fault, InvalidInput
from twin.records.scenario import Change, ChangeKind, Outcome, Scenario
from twin.services import scenarios
from twin.services.context import Context
from twin.store.documents import plain
from twin.units import conversion

Name = Annotated[str, typer.Argument(help="Name of the plant.")]
Sets = Annotated[
    list[str] | None, typer.Option("--set", help="TARGET=VALUE: a path in SI, a setting of the line, an input's tag.")
]
Factors = Annotated[list[str] | None, typer.Option("--factor", help="TARGET=FACTOR: scale instead of set.")]
Maintains = Annotated[list[str] | None, typer.Option("--maintain", help="Asset whose wear starts anew.")]
Hours = Annotated[float, typer.Option("--hours", help="How far to look ahead.", min=0.0)]
Worlds = Annotated[int, typer.Option("--worlds", help="Pairs of worlds to compare.", min=2)]
Seed = Annotated[int, typer.Option("--seed", help="Of every draw.", min=0)]
Start = Annotated[str, typer.Option("--start", help="now, nominal, or an ISO 8601 time with zone.")]
Sample = Annotated[
    float | None,
    typer.Option("--sample", help="Seconds between samples; by default 480 of them, 60 s at least.", min=0.0),
]
Label = Annotated[str, typer.Option("--name", help="What to call the question.")]


SAMPLES, LEAST_SAMPLE_S = 480, 60.0
"""Samples of a run where nobody asks for others, and the least time between two."""
LEAST_SHARE = 5e-4
"""Of time, that a state is shown for."""


def register(parent: typer.Typer) -> None:
    """Add `whatif` to the terminal."""
    parent.command()(whatif)


def whatif(
    plant: Name,
    sets: Sets = None,
    factors: Factors = None,
    maintain: Maintains = None,
    hours: Hours = 8.0,
    worlds: Worlds = 256,
    seed: Seed = 0,
    start: Start = "now",
    sample: Sample = None,
    name: Label = "",
    as_json: Json = False,
) -> None:
    """Compare the plant with and without changes and keep the answer."""
    context = open_context()
    changes = _changes(context, plant, sets or [], factors or [], maintain or [])
    label = name or ", ".join([*(sets or []), *(factors or []), *(f"maintain {asset}" for asset in maintain or [])])
    step_s = max(LEAST_SAMPLE_S, hours * 3600.0 / SAMPLES) if sample is None else sample
    scenario = Scenario(plant, label or "no change", changes, hours * 3600.0, worlds, seed, start, step_s)
    with progress_bar("what-if") as progress:
        outcome = scenarios.run(context, scenario, progress=progress)
    show(plain(outcome), as_json=as_json, text=lambda _document: _text(outcome))


def _changes(
    context: Context, plant: str, sets: list[str], factors: list[str], maintain: list[str]
) -> tuple[Change, ...]:
    faults: list[Fault] = []
    found = []
    for option, texts in (("value", sets), ("factor", factors)):
        for text in texts:
            target, _, number = text.rpartition("=")
            try:
                found.append(scenarios.worded(context, plant, target, **{option: float(number)}))
            except ValueError:
                faults.append(Fault(f"--{'set' if option == 'value' else option}", repr(text), "TARGET=NUMBER"))
    if faults:
        raise InvalidInput(faults)
    return (*found, *(Change(ChangeKind.MAINTENANCE, asset) for asset in maintain))


def _text(outcome: Outcome) -> str:
    rows = [_row(item) for item in outcome.kpis]
    figures = table(rows, list(rows[0])) if rows else "No world ran to the end, so there is nothing to compare."
    return "\n\n".join([outcome.verdict, figures, *_line(outcome.line), f"Kept as {outcome.id}"])


def _line(answer: dict[str, Any]) -> list[str]:
    """Shares of time of every part, states that none is in left out, and how it was counted."""
    parts = answer["scenario"]["parts"] if answer else []
    if not parts:
        return []
    states = [name for name in parts[0]["shares"] if any(item["shares"][name] >= LEAST_SHARE for item in parts)]
    rows = [
        {
            "part": item["asset"],
            **{name.replace("_", " "): f"{item['shares'][name]:.1%}" for name in states},
            "OEE": "–" if item["oee"] is None else f"{item['oee']:.1%}",
        }
        for item in parts
    ]
    return [f"The line in the what-if, shares of time:\n{table(rows, list(rows[0]))}", answer["how"]]


def _row(kpi: dict[str, Any]) -> dict[str, str]:
    scale = 1.0 / conversion(kpi["shown"], kpi["unit"]).factor if kpi.get("shown") else 1.0
    difference = [scale * kpi["difference"][name] for name in ("mean", "mean_low", "mean_high")]
    return {
        "figure": kpi["name"],
        "unit": kpi.get("shown") or kpi["unit"],
        "baseline": _level(kpi["baseline"], scale),
        "what-if": _level(kpi["scenario"], scale),
        "difference": "{:+.4g} ({:+.4g} … {:+.4g})".format(*difference),
        "clear": "yes" if kpi["difference"]["separated"] else "no",
    }


def _level(level: dict[str, float], scale: float) -> str:
    """A mean with its 95 % interval where there is one, else the median with the range of worlds."""
    if "mean" in level:
        return f"{scale * level['mean']:.4g} ± {scale * (level['mean_high'] - level['mean']):.2g}"
    return f"{scale * level['median']:.4g} ({scale * level['low']:.4g} … {scale * level['high']:.4g})"
