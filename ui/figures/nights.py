"""How forecasts were scored night by night, and when another model went into service."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from api.schemas.nights import NightSummary
from ui.figures import theme


def skill(nights: Sequence[NightSummary]) -> go.Figure:
    """Skill of each day's forecast over yesterday's course; a mark where a new model went into service."""
    scored = sorted((night for night in nights if night.scores.get("skill") is not None), key=lambda item: item.day)
    if not scored:
        return theme.message("No forecast was scored yet")
    days, values = [night.day for night in scored], [night.scores["skill"] for night in scored]
    new = [night for night in scored if night.verdict == "promoted"]
    figure = go.Figure()
    figure.add_scatter(x=days, y=values, mode="lines+markers", name="forecast", line={"color": theme.HYBRID})
    figure.add_scatter(
        x=[night.day for night in new], y=[night.scores["skill"] for night in new], mode="markers", name="new model",
        marker={"symbol": "star", "size": 13, "color": theme.PHYSICS},
    )  # fmt: skip
    theme.dress(figure, height=260)
    return figure.update_yaxes(tickformat=".0%", title_text="better than yesterday's course")
