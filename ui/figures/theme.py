"""Colours and the common look of all figures; readable on a light and on a dark page.

Source: Okabe and Ito (2008), "Color Universal Design", the palette that colour-blind readers can tell apart.
"""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

MEASURED = "#0072B2"
HYBRID = "#009E73"
PHYSICS = "#E69F00"
OTHER = "#999999"
ALARM = "#D55E00"
SCENARIO = "#CC79A7"
BAND = "rgba(0, 158, 115, 0.20)"
SCENARIO_BAND = "rgba(204, 121, 167, 0.25)"
BASELINE_BAND = "rgba(0, 114, 178, 0.18)"
UNSUPPORTED = "rgba(213, 94, 0, 0.10)"
STOPPED = "rgba(128, 128, 128, 0.15)"
GRID = "rgba(128, 128, 128, 0.20)"
INK = "#868e96"


def dress(figure: go.Figure, *, height: int | None = None, **layout: Any) -> go.Figure:
    """Give a figure the house's look: no boxes, thin grid, legend above, transparent ground."""
    figure.update_layout(
        template="none",
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif", "size": 12, "color": INK},
        margin={"l": 56, "r": 16, "t": 36, "b": 40},
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.02, "xanchor": "left", "x": 0},
        hovermode="x unified",
        hoverlabel={"font": {"size": 12}},
        height=height,
    )
    figure.update_xaxes(gridcolor=GRID, zeroline=False, ticks="outside", tickcolor=GRID, linecolor=GRID)
    figure.update_yaxes(gridcolor=GRID, zeroline=False, automargin=True)
    figure.update_layout(**layout)
    return figure


def message(text: str, *, height: int = 200) -> go.Figure:
    """A figure that says why there is nothing to draw."""
    figure = go.Figure()
    figure.add_annotation(text=text, showarrow=False, font={"size": 14, "color": INK}, xref="paper", yref="paper")
    dress(figure, height=height)
    return figure.update_xaxes(visible=False).update_yaxes(visible=False)
