"""What fails next: remaining life on one time line, chances by horizon, and what drives the spread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import plotly.graph_objects as go

from api.schemas.prognosis import FailureForecastView, ProbabilityView
from ui.figures import theme
from ui.words import HORIZON_DAYS, chance, days, leaf, plain

ROW_HEIGHT = 34
NO_NAMES: Mapping[str, str] = MappingProxyType({})
REACHES_DAYS = (90, 180, 365)
LIKELY, POSSIBLE = 0.3, 0.05
"""From which chance to fail on a colour means act, and watch; our choice, the numbers stand beside it."""


def risk_colour(probability: float | None) -> str:
    """Green, amber, red by the chance to fail; grey where there is no forecast."""
    if probability is None:
        return theme.OTHER
    return theme.ALARM if probability >= LIKELY else theme.PHYSICS if probability >= POSSIBLE else theme.HYBRID


def within(forecast: FailureForecastView, horizon_days: int) -> ProbabilityView:
    """The chance to fail within that many days; empty where it was not computed."""
    return forecast.probability.get(horizon_days, ProbabilityView(value=None))


def horizon_of(forecast: FailureForecastView) -> int:
    """How many days ahead a forecast looks."""
    return max(forecast.probability, default=HORIZON_DAYS)


def _reach_days(forecasts: Sequence[FailureForecastView]) -> int:
    """The shortest of a quarter, half a year and a year that shows every median."""
    latest = max((item.remaining_days.p50 or 0.0 for item in forecasts), default=0.0)
    return next((end for end in REACHES_DAYS if latest <= end), REACHES_DAYS[-1])


def timeline(forecasts: Sequence[FailureForecastView], called: Mapping[str, str] = NO_NAMES) -> go.Figure:
    """Remaining life of every asset and mode: 5 % to 95 % as a bar, the median as a dot; arrows go beyond."""
    if not forecasts:
        return theme.message("No forecast yet")
    figure, end = go.Figure(), _reach_days(forecasts)
    names = [f"{called.get(item.asset, leaf(item.asset))} · {item.mode}" for item in forecasts]
    for name, forecast in zip(names, forecasts, strict=True):
        life, colour = forecast.remaining_days, risk_colour(within(forecast, 30).value)
        early = end if life.p05 is None else min(life.p05, end)
        late = end if life.p95 is None else min(life.p95, end)
        median, early_text, late_text = (days(item, horizon_of(forecast)) for item in (life.p50, life.p05, life.p95))
        quantiles = f"median {median}, 5 % {early_text}, 95 % {late_text}"
        text = f"{forecast.asset}<br>{forecast.mode}<br>{quantiles}"
        figure.add_scatter(
            x=[early, late], y=[name, name], mode="lines", line={"color": colour, "width": 8}, opacity=0.35,
            hovertext=text, hoverinfo="text", showlegend=False,
        )  # fmt: skip
        beyond = life.p50 is None or life.p50 > end
        figure.add_scatter(
            x=[end if beyond else life.p50], y=[name], mode="markers", showlegend=False,
            marker={"color": colour, "size": 12, "symbol": "triangle-right" if beyond else "circle"},
            hovertext=text, hoverinfo="text",
        )  # fmt: skip
    theme.dress(figure, height=ROW_HEIGHT * len(forecasts) + 90, hovermode="closest")
    figure.update_xaxes(title_text="days from the forecast", range=[0, end * 1.04])
    return figure.update_yaxes(autorange="reversed").update_layout(margin={"t": 16})


def chances(forecast: FailureForecastView) -> go.Figure:
    """Chance to fail within each horizon, with its 90 % interval."""
    horizons = sorted(forecast.probability)
    values = [forecast.probability[horizon].value for horizon in horizons]
    figure = go.Figure()
    figure.add_bar(
        x=[f"{horizon} d<br><b>{chance(value)}</b>" for horizon, value in zip(horizons, values, strict=True)],
        y=values,
        marker_color=[risk_colour(value) for value in values],
        error_y=_interval([forecast.probability[horizon] for horizon in horizons]),
        hoverinfo="skip",
    )
    theme.dress(figure, height=240, hovermode=False)
    return figure.update_yaxes(range=[0, 1.05], tickformat=".0%").update_layout(margin={"t": 16})


def contributors(forecast: FailureForecastView, called: Mapping[str, str] = NO_NAMES) -> go.Figure:
    """What the uncertainty of the remaining life comes from, largest on top."""
    known = [entry for entry in forecast.contributors if entry.share is not None]
    if not known:
        return theme.message("No contributors given")
    ranked = sorted(known, key=lambda entry: entry.share or 0.0)
    figure = go.Figure(
        go.Bar(
            x=[entry.share for entry in ranked],
            y=[_short(entry.name, called) for entry in ranked],
            orientation="h",
            marker_color=theme.MEASURED,
            hovertext=[entry.name for entry in ranked],
            text=[f"{100 * (entry.share or 0.0):.0f} %" for entry in ranked],
            textposition="outside",
            hoverinfo="text",
        )
    )
    theme.dress(figure, height=ROW_HEIGHT * len(ranked) + 70, hovermode="closest")
    figure.update_xaxes(tickformat=".0%", range=[0, 1.15])
    return figure.update_layout(margin={"t": 8})


def _interval(entries: Sequence[ProbabilityView]) -> dict[str, object]:
    values = [entry.value or 0.0 for entry in entries]
    above = [(entry.high if entry.high is not None else v) - v for entry, v in zip(entries, values, strict=True)]
    below = [v - (entry.low if entry.low is not None else v) for entry, v in zip(entries, values, strict=True)]
    return {
        "type": "data",
        "symmetric": False,
        "array": above,
        "arrayminus": below,
        "color": theme.INK,
        "thickness": 1.5,
    }


def _short(name: str, called: Mapping[str, str]) -> str:
    asset, _, quantity = name.partition(".")
    return f"{called.get(asset, leaf(asset))} · {plain(quantity.rpartition('.')[2])}" if quantity else name
