"""`twin predict`: what fails next, when, how sure."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from twin.cli.terminal import Json, open_context, progress_bar, show, table
from twin.prognosis.maintenance_date import FAILURE_COST_RATIO
from twin.records.forecast import FailureForecast
from twin.services import prognosis
from twin.store.documents import plain


def register(parent: typer.Typer) -> None:
    """Add `predict` to the terminal."""
    parent.command()(predict)


def predict(
    plant: Annotated[str, typer.Argument(help="Name of the plant.")],
    worlds: Annotated[int, typer.Option("--worlds", help="Worlds to run forward.", min=2)] = 256,
    seed: Annotated[int, typer.Option("--seed", help="Of every draw.", min=0)] = 0,
    failure_cost: Annotated[
        float, typer.Option("--failure-cost", help="What a failure costs, over planned maintenance.", min=1.0)
    ] = FAILURE_COST_RATIO,
    as_json: Json = False,
) -> None:
    """Forecast every failure mode to a year and keep the forecast for scoring."""
    context = open_context()
    with progress_bar("failure forecast") as progress:
        found = prognosis.forecast(
            context, plant, worlds=worlds, seed=seed, failure_cost_ratio=failure_cost, progress=progress
        )
    show(plain(found), as_json=as_json, text=lambda _document: _text(found))


def _text(found: tuple[FailureForecast, ...]) -> str:
    rows = [_row(item) for item in found]
    if not rows:
        return "No part of this plant declares a failure mode."
    cost = f"Cheapest dates where a failure costs {found[0].provenance['failure_cost_ratio']:g} times the action."
    return f"{table(rows, list(rows[0]))}\n{_covered(found[0].provenance['horizon'])}\n{cost}"


def _row(item: FailureForecast) -> dict[str, Any]:
    chances = {f"P({days} d)": f"{share['value']:.0%}" for days, share in item.probability.items()}
    life = item.remaining_days
    beyond = f"> {max(item.probability)}"
    spread = " … ".join(beyond if life[name] is None else f"{life[name]:.0f}" for name in ("p05", "p50", "p95"))
    reasons = ", ".join(f"{row['name']} {row['share']:.0%}" for row in item.contributors[:2])
    return {
        "asset": item.asset,
        "failure": item.mode,
        "wear": f"{item.wear_now['median']:.0%}",
        **chances,
        "life, days": spread,
        "because of": reasons or "–",
        "taken as exact": ", ".join(row["name"].rpartition(".")[2] for row in item.assumed[:2]) or "–",
        "action": item.action,
        "cheapest in": _due(item),
    }


def _due(item: FailureForecast) -> str:
    """When the action costs least."""
    days = (item.maintenance or {}).get("days")
    return "–" if days is None else f"{days:.0f} days"


def _covered(horizon: dict[str, Any]) -> str:
    """How the months were covered, in words."""
    days = f"{horizon['days_chosen']} of {horizon['days_in_log']} logged days stand for those to come"
    match = f"their mean wear is met within {horizon['wear_mismatch_ratio']:.1%}"
    steps = f"at most {horizon['macro_steps']} macro steps over {horizon['simulated_days']:.0f} simulated days"
    said = [f"{days}, {match}; {steps}."]
    if horizon["worlds_lost"]:
        said.append(f"{horizon['worlds_lost']} worlds could not be simulated to the end.")
    if horizon["unsettled"]:
        said.append(f"Not the same from day to day: {', '.join(horizon['unsettled'])}.")
    return " ".join(said)
