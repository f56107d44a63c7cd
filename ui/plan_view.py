"""A plan as an engineer reads it: is it better, what to set when, how the goals go; and how good the stand-in is."""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc

from api.schemas.plants import PlantView
from api.schemas.surrogates import PlanView, SurrogateView
from ui import blocks, goals
from ui.figures import plan as figures
from ui.words import number, site_zone, when


def verdict(plan: PlanView) -> str:
    """What the engine says of the plan, in one line."""
    gain = plan.difference
    if gain.high is not None and gain.high < 0:
        share = 0.0 if not plan.as_it_is.median else 1 - (plan.cost.median or 0.0) / plan.as_it_is.median
        return f"Clearly better than leaving all as it is: {100 * share:.0f} % nearer to the goals."
    if gain.low is not None and gain.low > 0:
        return "Clearly worse than leaving all as it is: keep the settings."
    return "Not clearly better than leaving all as it is."


def plan_view(plan: PlanView, view: PlantView) -> Any:
    """Verdict, settings and courses."""
    zone, known = site_zone(view.site.time_zone), goals.displays(view)
    asked = "; ".join(goals.sentence(goal, known.get(goal.tag)) for goal in plan.question.goals)
    note = f"From {when(plan.time, zone)}, for {plan.question.hours:g} h: {asked}. Verified by the engine."
    pictures = [
        blocks.graph(figures.settings(plan, tag, known.get(tag), zone), id={"plan": "setting", "tag": tag})
        for tag in plan.settings
    ]
    courses = [
        blocks.graph(figures.course(plan, goal, known.get(goal.tag), zone), id={"plan": "course", "index": index})
        for index, goal in enumerate(plan.question.goals)
    ]
    doubts = [dmc.Text(reason, size="sm", c="orange") for reason in plan.reasons]
    grid = dmc.SimpleGrid(
        [
            dmc.Stack([dmc.Text("What to set", fw=600, size="sm"), *pictures], gap="xs"),
            dmc.Stack([dmc.Text("What comes of it", fw=600, size="sm"), *courses], gap="xs"),
        ],
        cols={"base": 1, "md": 2},
    )
    head = dmc.Text(verdict(plan), id="plan-verdict", fw=600)
    return blocks.card(head, *doubts, grid, title="Plan", note=note)


def quality(facts: SurrogateView) -> Any:
    """How near the stand-in comes to the engine, by hours ahead."""
    rows = [
        [place, _name(model), f"{100 * (near.near or 0.0):.0f} %", *(f"{100 * (share or 0.0):.0f} %" for share in
                                                                     near.near_by_hour)]
        for place, models in (("as the log has it", facts.inside), ("half as far again", facts.outside))
        for model, near in sorted(models.items(), key=lambda item: -(item[1].near or 0.0))
    ]  # fmt: skip
    hours = max((len(near.near_by_hour) for near in facts.inside.values()), default=0)
    note = (
        f"Share of forecasts near the engine's: within 2 % of a tag's span or three standard deviations of its noise. "
        f"It is {number(facts.times_faster, 2)} times as fast. Learned from model version {facts.model_version}."
    )
    names = ("Inputs range", "Forecast by", "all", *(f"{hour + 1} h" for hour in range(hours)))
    return blocks.card(
        blocks.table(names, rows, size="xs"), title="How good the search is", note=note, id="plan-quality"
    )  # fmt: skip


def _name(model: str) -> str:
    return {"latent": "the stand-in", "persistence": "last reading held"}.get(model, model)
