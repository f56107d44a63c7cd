"""What-if beside baseline: quantile bands of one tag in both runs, and the differences of all KPIs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from api.schemas.base import Display
from ui.figures import theme
from ui.figures.bands import add_band
from ui.words import shown_all, unit

RUNS = (
    ("baseline", "baseline", theme.MEASURED, theme.BASELINE_BAND),
    ("scenario", "what-if", theme.SCENARIO, theme.SCENARIO_BAND),
)
HOUR_S, DAY_S = 3600.0, 86_400.0


def bands(tag: str, series: Mapping[str, Any], display: Display | None) -> go.Figure:
    """Median and 5 % to 95 % of both runs over the horizon."""
    times_s: Sequence[float] = series.get("times_s") or []
    if not times_s:
        return theme.message(f"{tag} has no series in this answer")
    size, word = (
        (DAY_S, "days") if times_s[-1] > 3 * DAY_S else (HOUR_S, "hours") if times_s[-1] > HOUR_S else (1.0, "seconds")
    )
    x = [time / size for time in times_s]
    figure = go.Figure()
    for key, name, colour, fill in RUNS:
        run = series.get(key)
        if not run:
            continue
        low, middle, high = (shown_all(run[quantile], display) for quantile in ("p05", "p50", "p95"))
        add_band(figure, x, low, middle, high, name=name, colour=colour, fill=fill)
    if not figure.data:
        return theme.message("No world could be simulated to the end")
    theme.dress(figure, height=340)
    figure.update_xaxes(title_text=f"{word} from the start")
    return figure.update_yaxes(
        title_text=f"{tag}, {unit(display.unit if display else series.get('unit', ''))}".rstrip(", ")
    )
