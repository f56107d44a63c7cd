"""Promised against delivered: how often each tag lay in its band, by lead."""

from __future__ import annotations

import plotly.graph_objects as go

from api.schemas.coverage import CoverageView, DeliveredView
from ui.figures import theme
from ui.words import number


def coverage(view: CoverageView) -> go.Figure:
    """Share of forecasts within the band, a line a tag; bars are 95 % intervals, the dashed line is the promise."""
    figure = go.Figure()
    tags = list(dict.fromkeys(row.tag for row in view.rows))
    for tag in tags:
        rows = [row for row in view.rows if row.tag == tag]
        figure.add_scatter(
            x=[row.lead_s for row in rows], y=[_percent(row.coverage) for row in rows], name=tag, mode="lines+markers",
            error_y={
                "type": "data", "symmetric": False, "thickness": 1, "visible": len(tags) <= MOST_BARS,
                "array": [_percent(row.high) - _percent(row.coverage) for row in rows],
                "arrayminus": [_percent(row.coverage) - _percent(row.low) for row in rows],
            },
            customdata=[_words(row) for row in rows],
            hovertemplate="%{y:.0f} %, %{customdata}",
        )  # fmt: skip
    figure.add_hline(100 * view.level, line={"color": theme.INK, "width": 1, "dash": "dash"})
    theme.dress(figure, height=360, hovermode="closest")
    figure.update_xaxes(title_text="lead in seconds (logarithmic)", type="log")
    return figure.update_yaxes(title_text="within the band, %", range=[0, 102])


MOST_BARS = 4
"""More tags than this would hide each other behind their bars."""


def _percent(share: float | None) -> float:
    return 100.0 * (share or 0.0)


def _words(row: DeliveredView) -> str:
    return (
        f"band {number(row.width)} {row.unit} wide, error {number(row.rmse)}, "
        f"the last reading held {number(row.persistence)}"
    )
