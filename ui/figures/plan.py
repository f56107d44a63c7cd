"""A plan on paper: settings hour by hour beside where they stand, and each goal's course with and without it."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import plotly.graph_objects as go

from api.schemas.base import Display
from api.schemas.surrogates import GoalIn, PlanView
from ui.figures import theme
from ui.figures.bands import add_band
from ui.words import local, shown, shown_all, unit

LINES = {"reach": "dot", "below": "dash", "above": "dash"}


def settings(plan: PlanView, tag: str, display: Display | None, zone: ZoneInfo) -> go.Figure:
    """What to set one input to, as steps, over where it stands now."""
    values = shown_all(plan.settings[tag], display)
    times = [local(plan.time + timedelta(seconds=plan.step_s * k), zone) for k in range(len(values) + 1)]
    figure = go.Figure()
    figure.add_scatter(
        x=times, y=[*values, values[-1]], mode="lines", name="plan",
        line={"shape": "hv", "color": theme.SCENARIO, "width": 2}, hovertemplate="%{y:.4~g}",
    )  # fmt: skip
    stays = shown(plan.stays[tag], display)
    figure.add_scatter(
        x=[times[0], times[-1]], y=[stays, stays], mode="lines", name="as it is",
        line={"color": theme.MEASURED, "width": 1, "dash": "dot"}, hovertemplate="%{y:.4~g}",
    )  # fmt: skip
    theme.dress(figure, height=220)
    return figure.update_yaxes(title_text=_title(tag, display))


def course(plan: PlanView, goal: GoalIn, display: Display | None, zone: ZoneInfo) -> go.Figure:
    """How a goal's tag goes in the engine, 90 % of the worlds, with the plan and with settings as they are."""
    courses = plan.tags[goal.tag]
    count = len(courses.plan[0])
    times = [local(plan.time + timedelta(seconds=plan.sample_s * (k + 1)), zone) for k in range(count)]
    figure = go.Figure()
    for rows, name, colour, fill in (
        (courses.as_it_is, "as it is", theme.MEASURED, theme.BASELINE_BAND),
        (courses.plan, "plan", theme.SCENARIO, theme.SCENARIO_BAND),
    ):
        low, middle, high = (shown_all(row, display) for row in rows)
        add_band(figure, times, low, middle, high, name=name, colour=colour, fill=fill)
    if goal.aim in LINES:
        figure.add_hline(shown(goal.value, display), line={"color": theme.INK, "width": 1, "dash": LINES[goal.aim]})
    theme.dress(figure, height=260)
    return figure.update_yaxes(title_text=_title(goal.tag, display))


def _title(tag: str, display: Display | None) -> str:
    return f"{tag}, {unit(display.unit if display else '')}".rstrip(", ")
