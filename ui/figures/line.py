"""The line from left to right: what each machine's time goes into, how full buffers are, where a speed-up pays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from api.schemas.lines import GainView, LineRun
from ui.figures import theme
from ui.words import number

STATES = {
    "busy": ("at work", "#009E73"),
    "setup": ("setup", "#56B4E9"),
    "blocked": ("blocked", "#E69F00"),
    "starved": ("starved", "#F0E442"),
    "no_operator": ("no operator", "#CC79A7"),
    "down": ("down", "#D55E00"),
    "waiting_crew": ("waits for crew", "#8C3A00"),
    "maintained": ("maintained", "#0072B2"),
    "off": ("off shift", "#C8CDD3"),
}
"""Words and colours of states, from good to idle."""
FILLED = "#8DB7D6"
LEAST_SHARE = 5e-4
"""Of time, that a state is drawn for."""
LABEL_LETTERS = 13
"""Letters of a name in a row below its bar."""


def flow_order(line: Sequence[str], links: Sequence[tuple[str, str]]) -> list[str]:
    """Parts that items pass, upstream first; a part that sends items back stays where its first way leads.

    Args:
        line: Assets of the line in the order of the plant file.
        links: Connections, from way out to way in.
    """
    ways = [(a.partition(".")[0], b.partition(".")[0]) for a, b in links]
    left = [asset for asset in line if any(asset in way for way in ways)]
    found: list[str] = []
    while left:
        free = [part for part in left if not any(a in left and a != part for a, b in ways if b == part)]
        chosen = next((b for a, b in ways if found and a == found[-1] and b in free), None)
        # a circle has no free part: whoever is fed by what is placed already goes first
        fed = next((b for a, b in ways if a in found and b in left), left[0])
        found.append(chosen or (free[0] if free else fed))
        left.remove(found[-1])
    return found


def shares(order: Sequence[str], run: LineRun, names: Mapping[str, str], *, height: int = 360) -> go.Figure:
    """A stacked bar a machine, a gauge a buffer, in the order of the flow; the best place for a speed-up is marked."""
    parts = {part.asset: part for part in run.parts}
    drawn = [asset for asset in order if asset in parts or asset in run.contents]
    if not drawn:
        return theme.message("No world came to the end of this run")
    figure = go.Figure()
    for state, (word, colour) in STATES.items():
        values = [parts[asset].shares.get(state, 0.0) if asset in parts else 0.0 for asset in drawn]
        if max(values) >= LEAST_SHARE:
            figure.add_bar(
                x=list(range(len(drawn))), y=[100 * value for value in values], name=word, marker_color=colour,
                width=0.62, hovertemplate="%{y:.1f} %",
            )  # fmt: skip
    gauges = [(at, run.contents[asset]) for at, asset in enumerate(drawn) if asset not in parts]
    if gauges:
        figure.add_bar(
            x=[at for at, _ in gauges], y=[100 * held.items / held.capacity for _, held in gauges],
            name="buffer filled", marker_color=FILLED, width=0.3,
            customdata=[[held.items, held.capacity] for _, held in gauges],
            hovertemplate="%{customdata[0]:.1f} of %{customdata[1]:.0f} items",
        )  # fmt: skip
    theme.dress(figure, height=height, barmode="stack", bargap=0.2, margin={"l": 48, "r": 16, "t": 48, "b": 72})
    figure.update_layout(legend_traceorder="normal", hovermode="closest")
    _mark(figure, drawn, run)
    ticks = [_broken(names.get(asset, asset)) for asset in drawn]
    figure.update_xaxes(
        tickvals=list(range(len(drawn))), ticktext=ticks, showgrid=False, range=[-0.6, len(drawn) - 0.4]
    )
    return figure.update_yaxes(title_text="share of time, %", range=[0, 118], tickvals=[0, 25, 50, 75, 100])


def _mark(figure: go.Figure, drawn: Sequence[str], run: LineRun) -> None:
    """OEE above stations, arrows between parts, and where a speed-up pays most."""
    oee = {part.asset: part.oee for part in run.parts if part.oee is not None}
    best = run.gains[0].asset if run.gains and (run.gains[0].mean or 0.0) > 0 else None
    for at, asset in enumerate(drawn):
        if asset in oee:
            text = f"OEE {100 * oee[asset]:.0f} %"
            figure.add_annotation(x=at, y=106, text=f"<b>▼ {text}</b>" if asset == best else text, showarrow=False)
        if at:
            figure.add_annotation(x=at - 0.5, y=50, text="›", showarrow=False, font={"size": 20})
    if best in drawn and best not in oee:
        figure.add_annotation(x=drawn.index(best), y=106, text="<b>▼</b>", showarrow=False)


def gains(found: Sequence[GainView], names: Mapping[str, str]) -> go.Figure:
    """What one percent more speed gives, with its 95 % interval, the best on top."""
    if not found:
        return theme.message("No part was tried")
    ordered = list(reversed(found))
    figure = go.Figure(
        go.Bar(
            x=[gain.mean for gain in ordered], y=[names.get(gain.asset, gain.asset) for gain in ordered],
            orientation="h", marker_color=theme.HYBRID, width=0.55,
            error_x={"type": "data", "array": [gain.half_width for gain in ordered], "color": theme.INK},
            hovertemplate="%{x:.2f} %",
        )
    )  # fmt: skip
    theme.dress(figure, height=90 + 34 * len(ordered), margin={"l": 120, "r": 16, "t": 12, "b": 48})
    return figure.update_xaxes(title_text="% of throughput for 1 % more speed")


def lead_time(lead_s: Mapping[str, float]) -> str:
    """Lead times in words: median and the range of nine items in ten."""
    if not lead_s:
        return ""
    low, middle, high = (number(lead_s[name] / 60.0) for name in ("p05", "p50", "p95"))
    return f"{middle} min; nine in ten between {low} and {high} min"


def _broken(name: str) -> str:
    """A name in rows of about equal length."""
    rows = [""]
    for word in name.split(" "):
        if rows[-1] and len(rows[-1]) + len(word) >= LABEL_LETTERS:
            rows.append(word)
        else:
            rows[-1] = f"{rows[-1]} {word}".strip()
    return "<br>".join(rows)
