"""The card that says what a model's bands promised and what later data delivered."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import dash_mantine_components as dmc

from api.schemas.coverage import CoverageView
from ui import blocks
from ui.figures.coverage import coverage
from ui.words import number, when

TITLE = "Promised against delivered"
WORST = 8
"""Tags and leads that the table shows: those furthest from the promise."""


def coverage_card(view: CoverageView | None, plant: str, zone: ZoneInfo) -> Any:
    """The picture and the bands furthest from their promise, or how to get them."""
    if view is None:
        text = "No data later than the model were held against its bands yet; the night does it, or"
        return blocks.card(dmc.Text(text, size="sm", c="dimmed"), blocks.command(f"twin coverage {plant}"), title=TITLE)
    right = sum(row.right for row in view.rows)
    note = (
        f"Forecasts of version {view.version} from {when(view.start, zone)} to {when(view.end, zone)}, each begun from "
        f"the readings before it. {100 * view.level:.0f} % promised; right, and better than holding the last reading, "
        f"for {right} of {len(view.rows)} tags and leads."
    )
    far = sorted(view.rows, key=lambda row: -abs((row.coverage or 0.0) - view.level))[:WORST]
    cells = [
        [
            row.tag,
            f"{number(row.lead_s)} s",
            f"{100 * (row.coverage or 0):.0f} % [{100 * (row.low or 0):.0f}, {100 * (row.high or 0):.0f}]",
            f"{number(row.width)} {row.unit}",
            number(row.crps),
            "right" if row.right else "not right",
        ]
        for row in far
    ]
    table = blocks.table(("tag", "lead", "within the band", "width", "CRPS", "band"), cells, size="xs")
    return blocks.card(blocks.graph(coverage(view), id="models-coverage"), table, title=TITLE, note=note)
