"""What no sensor shows: the course of one hidden number, and how much each tag surprised."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import plotly.graph_objects as go

from api.schemas.estimates import EstimateView, HiddenView
from ui.figures import theme
from ui.figures.bands import Row, add_band
from ui.words import local, shown_all, unit

SD_90 = 1.645
"""Standard deviations to the 5 and 95 % quantiles of a normal spread."""

MOST = 4.0
"""Innovations beyond are drawn in the strongest colour."""

DIVERGING = ((0.0, theme.MEASURED), (0.5, "rgba(255, 255, 255, 0)"), (1.0, theme.ALARM))


def course(found: EstimateView, hidden: HiddenView, zone: ZoneInfo) -> go.Figure:
    """One hidden number over the last hours with its 90 % band."""
    times = [local(moment, zone) for moment in found.times]
    low, high = (_beside(hidden, sign * SD_90) for sign in (-1.0, 1.0))
    figure = go.Figure()
    add_band(
        figure, times, low, shown_all(hidden.mean, hidden.display), high,
        name="estimate, 90 %", colour=theme.HYBRID, fill=theme.BAND,
    )  # fmt: skip
    theme.dress(figure, height=280)
    return figure.update_yaxes(title_text=unit(hidden.display.unit if hidden.display else hidden.unit))


def surprises(found: EstimateView, zone: ZoneInfo) -> go.Figure:
    """Innovations of all tags over time, in what was to be expected."""
    figure = go.Figure(
        go.Heatmap(
            x=[local(moment, zone) for moment in found.times],
            y=[item.tag for item in found.tags],
            z=[item.innovations for item in found.tags],
            zmin=-MOST, zmax=MOST, colorscale=DIVERGING, colorbar={"title": "σ", "thickness": 12},
            hovertemplate="%{y}, %{x}: %{z:.1f} σ<extra></extra>",
        )
    )  # fmt: skip
    theme.dress(figure, height=max(200, 90 + 18 * len(found.tags)), hovermode="closest")
    return figure.update_yaxes(autorange="reversed", showgrid=False)


def _beside(hidden: HiddenView, sds: float) -> Row:
    edges = [
        None if mean is None or spread is None else mean + sds * spread
        for mean, spread in zip(hidden.mean, hidden.spread, strict=True)
    ]
    return shown_all(edges, hidden.display)
