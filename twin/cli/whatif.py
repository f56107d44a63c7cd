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

Name = Annotated[str, typer.Argument(help="Name of the plant.")]
Sets = Annotated[list[str] | None, typer.Option("--set", help="TARGET=VALUE: a path in SI, or an input's tag.")]
Factors = Annotated[list[str] | None, typer.Option("--factor", help="TARGET=FACTOR: scale instead of set.")]
Maintains = Annotated[list[str] | None, typer.Option("--maintain", help="Asset whose wear starts anew.")]
Hours = Annotated[float, typer.Option("--hours", help="How far to look ahead.", min=0.0)]
Worlds = Annotated[int, typer.Option("--worlds", help="Pairs of worlds to compare.", min=2)]
Seed = Annotated[int, typer.Option("--seed", help="Of every draw.", min=0)]
Start = Annotated[str, typer.Option("--start", help="now, nominal, or an ISO 8601 time with zone.")]
Sample = Annotated[float, typer.Option("--sample", help="Seconds between samples.", min=0.0)]
Label = Annotated[str, typer.Option("--name", help="What to call the question.")]


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
    sample: Sample = 60.0,
    name: Label = "",
    as_json: Json = False,
) -> None:
    """Compare the plant with and without changes and keep the answer."""
    context = open_context()
    changes = _changes(context, plant, sets or [], factors or [], maintain or [])
    label = name or ", ".join([*(sets or []), *(factors or []), *(f"maintain {asset}" for asset in maintain or [])])
    scenario = Scenario(plant, label or "no change", changes, hours * 3600.0, worlds, seed, start, sample)
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
    return f"{outcome.verdict}\n\n{table(rows, list(rows[0]) if rows else [])}\n\nKept as {outcome.id}"


def _row(kpi: dict[str, Any]) -> dict[str, str]:
    difference = kpi["difference"]
    return {
        "figure": kpi["name"],
        "unit": kpi["unit"],
        "baseline": _level(kpi["baseline"]),
        "what-if": _level(kpi["scenario"]),
        "difference": f"{difference['mean']:+.4g} ({difference['mean_low']:+.4g} … {difference['mean_high']:+.4g})",
        "clear": "yes" if difference["separated"] else "no",
    }


def _level(level: dict[str, float]) -> str:
    return f"{level['median']:.4g} ({level['low']:.4g} … {level['high']:.4g})"
