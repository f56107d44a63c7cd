"""The question of a what-if as a form: changes one by one, horizon, worlds and seed."""

from __future__ import annotations

from typing import Any

import dash
import dash_mantine_components as dmc
from dash import ALL, Input, Output, State

from api.schemas.scenarios import ChangeOut
from ui import blocks
from ui.changes import SCALE, SET, Targets, key, to_request

HORIZONS = {"1 h": 3600, "8 h": 28_800, "1 d": 86_400, "7 d": 604_800, "30 d": 2_592_000}


def register(board: dash.Dash) -> None:
    """Add and remove changes; say them in words; suit the fields to what is chosen."""
    _register_edit(board)
    _register_words(board)


def form(targets: Targets, asset: str | None) -> dmc.Stack:
    """The fields; the first target of `asset` is chosen already."""
    groups: dict[str, list[dict[str, str]]] = {}
    for target in targets.items:
        groups.setdefault(targets.name(target.asset), []).append({"value": key(target), "label": targets.label(target)})
    first = next((key(target) for target in targets.items if target.asset == asset), None)
    data = [{"group": group, "items": items} for group, items in groups.items()]
    change = dmc.Group(
        [
            dmc.Select(
                id="what-if-target", label="What to change", data=data, value=first, searchable=True,
                placeholder="asset: quantity", nothingFoundMessage="No such quantity",
                style={"flex": 1, "minWidth": 260},
            ),
            dmc.Select(id="what-if-mode", label="How", data=[SET, SCALE], value=SET, allowDeselect=False, w=180),
            dmc.NumberInput(id="what-if-value", label="value", w=130),
            dmc.NumberInput(id="what-if-at", label="after, h", value=0, min=0, w=90),
            dmc.Button("Add change", id="what-if-add", variant="light"),
        ],
        align="flex-end",
        gap="sm",
    )  # fmt: skip
    hint = dmc.Text(id="what-if-hint", size="sm", c="orange")
    return dmc.Stack([change, hint, dmc.Stack(id="what-if-chips", gap=4), _run_row()], gap="sm")


def _run_row() -> dmc.Group:
    return dmc.Group(
        [
            dmc.TextInput(id="what-if-name", label="Name", style={"flex": 1, "minWidth": 200}),
            dmc.Select(
                id="what-if-horizon", label="Horizon", data=list(HORIZONS), value="8 h", allowDeselect=False, w=110
            ),
            dmc.NumberInput(id="what-if-worlds", label="Worlds", value=256, min=2, max=65_536, step=64, w=110),
            dmc.NumberInput(id="what-if-seed", label="Seed", value=0, min=0, w=90),
            dmc.Button("Run what-if", id="what-if-run"),
        ],
        align="flex-end",
        gap="sm",
    )


def _register_edit(board: dash.Dash) -> None:
    @board.callback(
        Output("what-if-changes", "data"),
        Output("what-if-hint", "children"),
        Input("what-if-add", "n_clicks"),
        Input({"what-if": "remove", "index": ALL}, "n_clicks"),
        State("what-if-changes", "data"),
        State("what-if-target", "value"),
        State("what-if-mode", "value"),
        State("what-if-value", "value"),
        State("what-if-at", "value"),
        State("what-if-targets", "data"),
        prevent_initial_call=True,
    )
    async def edit(
        _add: int | None, removes: list[int | None], changes: list[dict[str, Any]], choice: str | None, mode: str,
        typed: Any, at_h: Any, targets: dict[str, Any],
    ) -> tuple[Any, Any]:  # fmt: skip
        pressed = dash.ctx.triggered_id
        if isinstance(pressed, dict):
            if not any(removes):
                return dash.no_update, dash.no_update
            return [change for index, change in enumerate(changes) if index != pressed["index"]], ""
        target = next((item for item in Targets.read(targets).items if key(item) == choice), None)
        if target is None:
            return dash.no_update, "Choose what to change."
        try:
            return [*changes, to_request(target, mode, None if typed in (None, "") else float(typed), at_h or 0.0)], ""
        except ValueError:
            return dash.no_update, "Type a number for the change."


def _register_words(board: dash.Dash) -> None:
    @board.callback(
        Output("what-if-chips", "children"),
        Output("what-if-name", "value"),
        Input("what-if-changes", "data"),
        State("what-if-targets", "data"),
    )
    async def show(changes: list[dict[str, Any]], targets: dict[str, Any]) -> tuple[Any, str]:
        known = Targets.read(targets)
        sentences = [known.sentence(ChangeOut.model_validate(change)) for change in changes]
        return [
            blocks.chip({"what-if": "remove", "index": index}, text) for index, text in enumerate(sentences)
        ], "; ".join(sentences)[:200]

    @board.callback(
        Output("what-if-value", "disabled"),
        Output("what-if-value", "label"),
        Input("what-if-target", "value"),
        Input("what-if-mode", "value"),
    )
    async def adapt(choice: str | None, mode: str) -> tuple[bool, str]:
        if choice and choice.startswith("maintenance "):
            return True, "nothing to type"
        return False, "percent of now" if mode == SCALE else "value"
