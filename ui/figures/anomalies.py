"""How odd the readings were over time: the score over its alarm limit, healthy rows on grey ground."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import plotly.graph_objects as go

from api.schemas.anomalies import AnomalyView
from ui.figures import theme
from ui.words import local

HEIGHT = 220
LEAST_RATIO = 0.01
"""Lower scores are all the same to a reader; a logarithmic axis needs an end."""


def course(view: AnomalyView, zone: ZoneInfo) -> go.Figure:
    """Score over alarm limit, logarithmic; red where it alarms, which healthy rows never do."""
    if not view.times:
        return theme.message("No rows in this stretch")
    times = [local(instant, zone) for instant in view.times]
    ratio = [None if value is None else max(value, LEAST_RATIO) for value in view.ratio]
    figure = go.Figure()
    figure.add_scatter(
        x=times, y=ratio, mode="lines", line={"color": theme.MEASURED, "width": 1.2}, connectgaps=False,
        hovertemplate="%{y:.2~g} of the alarm limit", name="score", showlegend=False,
    )  # fmt: skip
    over = [
        value if value is not None and value > 1.0 and instant >= view.learn_to else None
        for instant, value in zip(view.times, ratio, strict=True)
    ]
    figure.add_scatter(
        x=times, y=over, mode="markers", marker={"color": theme.ALARM, "size": 6}, hoverinfo="skip", showlegend=False
    )
    figure.add_hline(1.0, line={"color": theme.ALARM, "width": 1, "dash": "dash"})
    learned = (max(local(view.start, zone), times[0]), min(local(view.learn_to, zone), times[-1]))
    figure.add_vrect(*learned, fillcolor=theme.STOPPED, line_width=0, layer="below")
    theme.dress(figure, height=HEIGHT)
    return figure.update_yaxes(type="log", dtick=1, title_text="score / alarm limit")
