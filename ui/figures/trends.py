"""Measured beside predicted: one row a tag, the hybrid with its band, physics alone dashed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from api.schemas.readings import EventView
from api.schemas.trends import TrendsView, TrendView
from ui.figures import theme
from ui.words import leaf, local, shown_all, unit

ROW_HEIGHT = 220
MARGIN_HEIGHT = 110


def trends(view: TrendsView, zone: ZoneInfo, events: Sequence[EventView] = ()) -> go.Figure:
    """Rows of measured and predicted series in each tag's own unit, wall-clock time of the site.

    Missing data are gaps; where the residual has left its training data the ground is shaded; stops are grey.
    """
    if not view.tags:
        return theme.message("No tag chosen")
    count = len(view.tags)
    figure = make_subplots(rows=count, cols=1, shared_xaxes=True, vertical_spacing=min(0.08, 0.3 / count))
    named: set[str] = set()
    for row, tag in enumerate(view.tags, start=1):
        times = [local(instant, zone) for instant in tag.times]
        for trace in _traces(tag, times, level=view.level, calibrated=view.model_version is not None):
            figure.add_trace(trace.update(showlegend=trace.name not in named), row=row, col=1)
            named.add(trace.name)
        figure.update_yaxes(title_text=f"{tag.tag}<br>{unit(tag.display.unit if tag.display else tag.unit)}", row=row)
    figure.add_trace(_named(view.tags[0], zone, events), row=1, col=1)
    height = ROW_HEIGHT * count + MARGIN_HEIGHT
    theme.dress(figure, height=height, uirevision="trends", shapes=_shade(view, zone, events))
    return figure.update_layout(margin={"t": 70})


def _traces(tag: TrendView, times: list[datetime], *, level: float, calibrated: bool) -> Iterator[Any]:
    low, high = shown_all(tag.low, tag.display), shown_all(tag.high, tag.display)
    x, y = _ribbon(times, low, high)
    if x:
        yield go.Scatter(
            x=x, y=y, fill="toself", fillcolor=theme.BAND, line={"width": 0}, mode="lines", hoverinfo="skip",
            name=f"{100 * level:.0f} % band", legendgroup="band",
        )  # fmt: skip
    physics = "physics alone" if calibrated else "physics at the priors"
    lines = [
        (physics, tag.physics, {"color": theme.PHYSICS, "width": 1.5, "dash": "dash"}),
        ("hybrid", tag.mean, {"color": theme.HYBRID, "width": 3}),
        ("measured", tag.measured, {"color": theme.MEASURED, "width": 1.2}),
    ]
    if not calibrated:
        lines.pop(1)
    for name, values, line in lines:
        if not values:
            continue
        yield go.Scatter(
            x=times, y=shown_all(values, tag.display), name=name, line=line, mode="lines", connectgaps=False,
            legendgroup=name, hovertemplate="%{y:.4~g}",
        )  # fmt: skip


def _named(tag: TrendView, zone: ZoneInfo, events: Sequence[EventView]) -> Any:
    """A mark on top of the first row at every event of this time, which says what it was."""
    seen = [event for event in events if tag.times and tag.times[0] <= event.start <= tag.times[-1]]
    values = shown_all([*tag.measured, *tag.low, *tag.high, *tag.mean], tag.display)
    top = max((value for value in values if value is not None), default=0.0)
    return go.Scatter(
        x=[local(event.start, zone) for event in seen], y=[top] * len(seen), mode="markers", name="event",
        marker={"color": theme.ALARM, "size": 8, "symbol": "triangle-down"}, showlegend=bool(seen),
        text=[_words(event) for event in seen], hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip


def _words(event: EventView) -> str:
    """`product change, filler: juice`."""
    place = f", {leaf(event.asset)}" if event.asset else ""
    return f"{event.kind.replace('_', ' ')}{place}{f': {event.text}' if event.text else ''}"


def _ribbon(
    times: Sequence[datetime], low: Sequence[float | None], high: Sequence[float | None]
) -> tuple[list[Any], list[Any]]:
    """Closed outlines of the band, one for each stretch without a gap, parted by None."""
    x: list[Any] = []
    y: list[Any] = []
    for begin, end in runs([a is not None and b is not None for a, b in zip(low, high, strict=True)]):
        x += [*times[begin:end], *reversed(times[begin:end]), None]
        y += [*low[begin:end], *reversed(high[begin:end]), None]
    return x, y


def runs(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Half-open index ranges in which the flag holds."""
    begin = None
    for index, flag in enumerate([*flags, False]):
        if flag and begin is None:
            begin = index
        elif not flag and begin is not None:
            yield begin, index
            begin = None


def _shade(view: TrendsView, zone: ZoneInfo, events: Sequence[EventView]) -> list[dict[str, Any]]:
    """Shapes over all rows: outside the training data, stops, and a dotted line at every other event."""
    times = [local(instant, zone) for instant in view.tags[0].times]
    if not times:
        return []
    last = len(times) - 1
    shapes = []
    if len(view.in_support) == len(times):
        outside = runs([not inside for inside in view.in_support])
        shapes += [_shape(times[begin], times[min(end, last)], fillcolor=theme.UNSUPPORTED) for begin, end in outside]
    for event in events:
        start, end = local(event.start, zone), local(event.end or event.start, zone)
        if end < times[0] or start > times[last]:
            continue
        if event.kind == "stop":
            shapes.append(_shape(max(start, times[0]), min(end, times[last]), fillcolor=theme.STOPPED))
        else:
            shapes.append(_shape(start, start, type="line", line={"color": theme.ALARM, "width": 1, "dash": "dot"}))
    return shapes


def _shape(start: datetime, end: datetime, **look: Any) -> dict[str, Any]:
    place = {"xref": "x", "yref": "paper", "x0": start, "x1": end, "y0": 0, "y1": 1}
    return {"type": "rect", "layer": "below", "line": {"width": 0}, **place, **look}
