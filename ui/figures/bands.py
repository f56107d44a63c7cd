"""A median with the band around it, as every picture of uncertain courses draws it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

Row = Sequence[float | None]


def add_band(
    figure: go.Figure, x: Sequence[Any], low: Row, middle: Row, high: Row, *, name: str, colour: str, fill: str
) -> None:
    """Draw one course: a filled band from low to high without a line, the median over it."""
    edge = {"mode": "lines", "line": {"width": 0}, "showlegend": False, "hoverinfo": "skip", "legendgroup": name}
    figure.add_scatter(x=x, y=low, **edge)
    figure.add_scatter(x=x, y=high, fill="tonexty", fillcolor=fill, **edge)
    figure.add_scatter(
        x=x, y=middle, line={"color": colour, "width": 2}, mode="lines", name=name, legendgroup=name,
        hovertemplate="%{y:.4~g}",
    )  # fmt: skip
