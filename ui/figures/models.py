"""Why a model was promoted: errors of all contenders by tag; what calibration learned: prior to posterior."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from api.schemas.models import GateView
from ui.figures import theme
from ui.words import number

CONTENDERS = {
    "hybrid": ("hybrid", theme.HYBRID),
    "physics": ("physics alone", theme.PHYSICS),
    "arx": ("ARX", theme.MEASURED),
    "persistence": ("persistence", theme.OTHER),
    "champion": ("champion before", theme.SCENARIO),
}
ROW_HEIGHT = 26
FITTED_ROW_HEIGHT = 29
"""As high as a row of the table of numbers that stands beside the picture."""
TICKS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)


def scores(gate: GateView) -> go.Figure:
    """Free-run error per tag on data never trained on, as a share of physics alone; hover gives the error itself."""
    reference = gate.scores.get("physics", {})
    tags = sorted((tag for tag in reference if reference[tag]), key=lambda tag: (tag != "", tag))
    if not tags:
        return theme.message("The gate has no scores of physics alone to compare with")
    figure = go.Figure()
    names = [tag or "all tags" for tag in tags]
    for contender in [*reversed(CONTENDERS), *sorted(set(gate.scores) - set(CONTENDERS))]:
        row = gate.scores.get(contender)
        if not row:
            continue
        label, colour = CONTENDERS.get(contender, (contender, theme.INK))
        figure.add_scatter(
            x=[_ratio(row.get(tag), reference[tag]) for tag in tags], y=names, name=label, mode="markers",
            marker={"color": colour, "size": 13 if contender == "hybrid" else 9},
            customdata=[number(row.get(tag)) for tag in tags],
            hovertemplate="%{x:.2f} of physics (error %{customdata} SI)",
        )  # fmt: skip
    figure.add_vline(1.0, line={"color": theme.PHYSICS, "width": 1, "dash": "dash"})
    theme.dress(figure, height=ROW_HEIGHT * len(tags) + 120, hovermode="y unified")
    figure.update_xaxes(title_text="error / error of physics alone (logarithmic)", type="log", tickvals=TICKS)
    return figure.update_yaxes(autorange="reversed")


def _ratio(value: float | None, reference: float | None) -> float | None:
    return value / reference if value is not None and reference else None


@dataclass(frozen=True)
class Fitted:
    """One calibrated number before and after, in one unit; no prior for what was not given one."""

    name: str
    prior: float | None
    prior_sd: float | None
    value: float
    spread: float
    unit: str = ""


def posteriors(rows: Sequence[Fitted]) -> go.Figure:
    """Each number's prior (grey, 95 %) and posterior (green, 95 %), in prior standard deviations."""
    known = [row for row in rows if row.prior is not None and row.prior_sd]
    if not known:
        return theme.message("No parameter has a prior in the plant file")
    names = [row.name for row in known]
    moved = [(row.value - (row.prior or 0.0)) / (row.prior_sd or 1.0) for row in known]
    narrow = [2 * row.spread / (row.prior_sd or 1.0) for row in known]
    figure = go.Figure()
    figure.add_scatter(
        x=[0.0] * len(known), y=names, mode="markers", name="prior",
        marker={"color": theme.OTHER, "size": 7, "symbol": "line-ns-open"},
        error_x={"type": "constant", "value": 2.0, "thickness": 8, "width": 0, "color": "rgba(153, 153, 153, 0.35)"},
        hoverinfo="skip",
    )  # fmt: skip
    figure.add_scatter(
        x=moved, y=names, mode="markers", name="calibrated", marker={"color": theme.HYBRID, "size": 9},
        error_x={"type": "data", "array": narrow, "thickness": 2, "width": 4, "color": theme.HYBRID},
        hovertext=[f"{row.name}: {number(row.value, 4)} ± {number(row.spread, 2)}" for row in known], hoverinfo="text",
    )  # fmt: skip
    theme.dress(figure, height=FITTED_ROW_HEIGHT * len(known) + 110, hovermode="closest")
    figure.update_xaxes(title_text="shift from the prior, in prior standard deviations")
    return figure.update_yaxes(autorange="reversed")
