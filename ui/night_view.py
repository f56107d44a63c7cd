"""One night on screen: the verdict, what to do, the forecast's scores, findings and the gate's word."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import dash_mantine_components as dmc

from api.schemas.models import GateView
from api.schemas.nights import NightView
from ui import blocks
from ui.model_view import checks_table
from ui.words import chance, number, unit, when

COLOURS = {"promoted": "teal", "kept": "blue", "rolled_back": "orange", "not_learned": "yellow"}
WEAKEST, CALM = 5, "Nothing asks for attention."


def night_view(night: NightView, zone: ZoneInfo) -> dmc.Stack:
    """The whole night, what a person has to know first on top."""
    page = dmc.Anchor("As one page", href=f"/api/v1/plants/{night.plant}/nights/{night.day}/page", size="sm")
    verdict = dmc.Alert(night.sentence, id="nights-verdict", color=COLOURS[night.verdict], title=f"The day {night.day}")
    note = f"Made {when(night.created, zone)}."
    return dmc.Stack(
        [
            verdict,
            dmc.SimpleGrid(
                [
                    blocks.card(
                        _lines(night.actions, "Nothing asks for attention."), page, title="What to do", note=note
                    ),
                    blocks.card(_scores(night), title="How good the day's forecast was"),
                    blocks.card(findings(night, zone), title="What the model did not expect"),
                    blocks.card(_log(night), title="The day's log"),
                ],
                cols={"base": 1, "lg": 2},
            ),
            *_gate(night),
        ]
    )


def gain(share: float | None) -> str:
    """A gain in percent, below zero where it is a loss."""
    return number(None) if share is None else f"{100 * share:.0f} %"


def _lines(lines: list[str], empty: str) -> Any:
    if not lines:
        return dmc.Text(empty, size="sm", c="dimmed")
    return dmc.List([dmc.ListItem(line) for line in lines], size="sm")


def _scores(night: NightView) -> Any:
    scores = night.scores
    if not scores:
        return dmc.Text("There was no forecast to score.", size="sm", c="dimmed")
    stats = dmc.SimpleGrid(
        [
            blocks.stat("better than yesterday's course", gain(scores["skill"]), "by CRPS, over all tags"),
            blocks.stat("inside the band", chance(scores["coverage"]), f"promised {chance(scores['level'])}"),
        ],
        cols=2,
    )
    weakest = sorted(scores["tags"], key=lambda row: 1.0 if row["skill"] is None else row["skill"])[:WEAKEST]
    rows = [
        [row["tag"], f"{number(row['error'], 3)} {unit(row['unit'])}", chance(row["coverage"]), gain(row["skill"])]
        for row in weakest
    ]
    return dmc.Stack([stats, blocks.table(("Weakest tags", "error", "in band", "skill"), rows, numeric=True)])


def findings(night: NightView, zone: ZoneInfo) -> Any:
    """What the model did not expect, told apart: the plant or a sensor."""
    if not night.findings:
        return dmc.Text("Nothing.", size="sm", c="dimmed")
    rows = [[item.kind, item.text, when(item.start, zone)] for item in night.findings]
    return blocks.table(("Kind", "What", "From"), rows)


def _log(night: NightView) -> Any:
    usable = dmc.Text(f"{chance(night.quality.share)} of the expected readings are usable.", size="sm")
    return dmc.Stack([usable, _lines(night.quality.notes, "Nothing unusual.")], gap="xs")


def _gate(night: NightView) -> list[Any]:
    if not night.gate:
        return []
    return [blocks.card(checks_table(GateView.model_validate(night.gate)), title="What the gate checked")]
