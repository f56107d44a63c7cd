"""Draws the nights of a home as one picture: forecast skill and error, models, findings, and what really happened.

python -m examples.thirty_nights.plot HOME docs/thirty_nights.svg
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from examples.bottling import schedule
from examples.thirty_nights import __main__ as story
from examples.thirty_nights.page import first_kept, reports

COLOURS = {"promoted": "#12836d", "kept": "#3b6ea5", "rolled_back": "#b4571f", "not_learned": "#c9a227"}


def picture(found: list, kept: dict[str, float]) -> go.Figure:
    """Skill over the nights beside its rivals, the models in service, and what each night found."""
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, row_heights=[0.6, 0.4], vertical_spacing=0.06)
    scored = [night for night in found if night.scores]
    days = [night.day for night in scored]
    figure.add_scatter(
        x=days, y=[100 * night.scores["skill"] for night in scored], name="forecast better than “as yesterday”, %",
        mode="lines+markers", line={"color": "#1c2430"}, marker={"size": 6}, row=1, col=1,
    )  # fmt: skip
    possible = [night.scores.get("possible") for night in scored]
    figure.add_scatter(
        x=days, y=[None if best is None else 100 * best for best in possible], name="possible, %", mode="lines",
        line={"color": "#12836d", "dash": "dash"}, row=1, col=1,
    )  # fmt: skip
    figure.add_scatter(
        x=days, y=[100 * night.scores["coverage"] for night in scored], name="readings inside the 90 % band, %",
        mode="lines", line={"color": "#9aa4b0", "dash": "dot"}, row=1, col=1,
    )  # fmt: skip
    rivals = {
        "physics alone, %": ([night.scores["rivals"].get("physics") for night in scored], "#c9a227"),
        "first model kept, %": ([kept.get(day) for day in days], "#b4571f"),
    }
    for name, (skills, colour) in rivals.items():
        figure.add_scatter(
            x=days, y=[None if skill is None else 100 * skill for skill in skills], name=name, mode="lines",
            line={"color": colour, "width": 1.5}, row=1, col=1,
        )  # fmt: skip
    for verdict, colour in COLOURS.items():
        chosen = [night for night in found if night.verdict.value == verdict]
        figure.add_scatter(
            x=[night.day for night in chosen], y=[night.model_after for night in chosen], mode="markers",
            name=f"night: {verdict.replace('_', ' ')}", marker={"color": colour, "size": 11, "symbol": "square"},
            row=2, col=1,
        )  # fmt: skip
    for night in found:
        for item in night.findings:
            if item.kind.value.startswith("sensor"):
                figure.add_annotation(
                    x=night.day, y=night.model_after, text=item.subject, textangle=-60, showarrow=False, yshift=26,
                    font={"size": 9, "color": "#b3261e"}, row=2, col=1,
                )  # fmt: skip
    _story(figure, found)
    figure.update_yaxes(title_text="%", range=[0, 105], row=1, col=1)
    figure.update_yaxes(title_text="model in service", rangemode="tozero", row=2, col=1)
    legend = {"orientation": "h", "y": -0.12, "font": {"size": 11}}
    return figure.update_layout(template="plotly_white", width=1000, height=620, legend=legend, margin={"t": 60})


def _story(figure: go.Figure, found: list) -> None:
    """What really happened, which the product was not told."""
    first = schedule.START.astimezone(schedule.ZONE).date()
    spans = [
        (story.FASTER_FROM, story.REPAIR_DAY, "bearing wears faster", "#f3d9c9"),
        (story.BIAS_DAYS[0], story.BIAS_DAYS[-1] + 1, f"PT-301 +{story.BIAS_BAR} bar", "#d5e3f3"),
        (story.BAD_DAY, story.BAD_DAY + 1, "bad data", "#e6e6e6"),
        (story.REPAIR_DAY, story.REPAIR_DAY + 1, "bearing changed", "#cfe9df"),
    ]
    last = date.fromisoformat(found[-1].day)
    for number, (begin, end, words, colour) in enumerate(spans):
        start, stop = first + timedelta(days=begin), min(first + timedelta(days=end), last + timedelta(days=1))
        if start > last:
            continue
        figure.add_vrect(x0=str(start), x1=str(stop), fillcolor=colour, opacity=0.6, line_width=0, layer="below")
        figure.add_annotation(
            x=str(start), y=1.0 + 0.045 * (number % 3), yref="paper", text=words, showarrow=False, xanchor="left",
            font={"size": 11},
        )  # fmt: skip


if __name__ == "__main__":
    nights = reports(Path(sys.argv[1]))
    picture(nights, first_kept(Path(sys.argv[1]), nights)).write_image(sys.argv[2])
