"""The question of a plan as a form: which inputs may move, goals one by one, how far ahead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import dash
import dash_mantine_components as dmc
from dash import ALL, Input, Output, State, dcc

from api.schemas.base import Display
from api.schemas.plants import InputView, PlantView, SensorView
from api.schemas.surrogates import GoalIn, PlanIn, SurrogateView
from ui import blocks
from ui.words import in_si, number, shown, unit, with_unit

AIMS = {"below": "stay below", "above": "stay above", "reach": "come to", "least": "be as little as can be"}


def displays(view: PlantView) -> dict[str, Display]:
    """How each tag is shown."""
    items: list[SensorView | InputView] = [*view.sensors, *view.inputs]
    return {item.tag: item.display for item in items if item.display}


def form(facts: SurrogateView, view: PlantView, asked: PlanIn | None) -> dmc.Stack:
    """The fields, as they were asked last."""
    items: list[SensorView | InputView] = [*view.sensors, *view.inputs]
    names = {item.tag: item.name for item in items}

    def offered(tags: Sequence[str]) -> list[dict[str, str]]:
        return [{"value": tag, "label": f"{tag} {names.get(tag, '')}".strip()} for tag in tags]

    moves = dmc.MultiSelect(
        id="plan-moves", label="What may be set anew each hour", data=offered(facts.inputs), searchable=True,
        value=[tag for tag in asked.moves if tag in facts.inputs] if asked else [],
        placeholder="inputs", style={"flex": 1, "minWidth": 280},
    )  # fmt: skip
    hours = dmc.NumberInput(id="plan-hours", label="Hours", value=asked.hours if asked else 4, min=0.5, max=168, w=90)
    aims = [{"value": aim, "label": words} for aim, words in AIMS.items()]
    goal = [
        dmc.Select(id="plan-tag", label="Goal: this tag shall", data=offered(facts.tags), searchable=True,
                   placeholder="tag", style={"flex": 1, "minWidth": 220}),
        dmc.Select(id="plan-aim", label="aim", data=aims, value="below", allowDeselect=False, w=190),
        dmc.NumberInput(id="plan-value", label="value", w=130),
        dmc.Button("Add goal", id="plan-add", variant="light"),
    ]  # fmt: skip
    return dmc.Stack(
        [
            dcc.Store(id="plan-goals", data=[goal.model_dump() for goal in asked.goals] if asked else []),
            dmc.Group([moves, hours], align="flex-end", gap="sm"),
            dmc.Group(goal, align="flex-end", gap="sm"),
            dmc.Text(id="plan-hint", size="sm", c="orange"),
            dmc.Stack(id="plan-chips", gap=4),
            dmc.Group([dmc.Button("Find settings", id="plan-run")], justify="flex-end"),
        ],
        gap="sm",
    )


def sentence(goal: GoalIn, display: Display | None) -> str:
    """A goal in words: `TT-102 stay below 31 °C`."""
    if goal.aim == "least":
        return f"{goal.tag} {AIMS['least']}"
    spelled = unit(display.unit if display else "")
    return f"{goal.tag} {AIMS[goal.aim]} {with_unit(number(shown(goal.value, display), 4), spelled)}"


def to_goal(tag: str, aim: str, typed: float | None, known: Mapping[str, Display]) -> dict[str, Any]:
    """A goal as the API takes it, in SI.

    Raises: ValueError, when a number is needed and none was typed.
    """
    if aim == "least":
        return {"tag": tag, "aim": aim, "value": 0.0}
    if typed is None:
        raise ValueError("type a value")
    return {"tag": tag, "aim": aim, "value": in_si(typed, known.get(tag))}


def register(board: dash.Dash) -> None:
    """Add and remove goals; say them in words; a goal of least takes no value."""

    @board.callback(
        Output("plan-goals", "data"),
        Output("plan-hint", "children"),
        Input("plan-add", "n_clicks"),
        Input({"plan": "remove", "index": ALL}, "n_clicks"),
        State("plan-goals", "data"),
        State("plan-tag", "value"),
        State("plan-aim", "value"),
        State("plan-value", "value"),
        State("plan-displays", "data"),
        prevent_initial_call=True,
    )
    async def edit(
        _add: int | None, removes: list[int | None], goals: list[dict[str, Any]], tag: str | None, aim: str,
        typed: Any, known: dict[str, Any],
    ) -> tuple[Any, Any]:  # fmt: skip
        pressed = dash.ctx.triggered_id
        if isinstance(pressed, dict):
            if not any(removes):
                return dash.no_update, dash.no_update
            return [goal for index, goal in enumerate(goals) if index != pressed["index"]], ""
        if not tag:
            return dash.no_update, "Choose the tag of the goal."
        try:
            return [*goals, to_goal(tag, aim, None if typed in (None, "") else float(typed), read(known))], ""
        except ValueError:
            return dash.no_update, "Type a number for the goal."

    @board.callback(Output("plan-chips", "children"), Input("plan-goals", "data"), State("plan-displays", "data"))
    async def show(goals: list[dict[str, Any]], known: dict[str, Any]) -> list[Any]:
        displays = read(known)
        told = [GoalIn.model_validate(goal) for goal in goals]
        return [
            blocks.chip({"plan": "remove", "index": index}, sentence(goal, displays.get(goal.tag)))
            for index, goal in enumerate(told)
        ]

    @board.callback(Output("plan-value", "disabled"), Input("plan-aim", "value"))
    async def adapt(aim: str) -> bool:
        return aim == "least"


def stored(known: Mapping[str, Display]) -> dict[str, Any]:
    """Displays as the page keeps them between callbacks."""
    return {tag: display.model_dump() for tag, display in known.items()}


def read(kept: Mapping[str, Any]) -> dict[str, Display]:
    """Displays from what the page keeps."""
    return {tag: Display.model_validate(display) for tag, display in kept.items()}
