"""What a simulated robot cell took: cycle by place of the pallet, and torque of each joint against its limit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from ui.figures import theme

Worlds = Sequence[Mapping[str, Any]]


def cycles(worlds: Worlds) -> go.Figure:
    """Cycle time of each box by its turn on the pallet, all worlds; the line goes through the means."""
    seen: dict[int, list[float]] = {}
    for world in worlds:
        for turn, box in enumerate(world["boxes"]):
            if box["ended_s"] is not None:
                seen.setdefault(turn, []).append(box["ended_s"] - box["begun_s"])
    if not seen:
        return theme.message("No cycle ended")
    points = [(turn + 1, time_s) for turn, times_s in sorted(seen.items()) for time_s in times_s]
    figure = go.Figure()
    figure.add_scatter(
        x=[turn for turn, _ in points], y=[time_s for _, time_s in points], mode="markers", name="one cycle",
        marker={"color": theme.MEASURED, "opacity": 0.45, "size": 7}, hovertemplate="%{y:.2f} s",
    )  # fmt: skip
    means = [(turn + 1, sum(times_s) / len(times_s)) for turn, times_s in sorted(seen.items())]
    figure.add_scatter(
        x=[turn for turn, _ in means], y=[mean_s for _, mean_s in means], mode="lines", name="mean of all worlds",
        line={"color": theme.HYBRID}, hovertemplate="%{y:.2f} s",
    )  # fmt: skip
    theme.dress(figure, height=300)
    figure.update_xaxes(title_text="place on the pallet, in turn", dtick=1 if len(means) <= 20 else None)
    return figure.update_yaxes(title_text="cycle, s")


def torques(joints: Sequence[Mapping[str, Any]]) -> go.Figure:
    """Peak and effective torque of each joint in percent of what its drive can give, from the base outwards."""
    known = [joint for joint in reversed(joints) if joint["torque_limit_n_m"]]
    if not known:
        return theme.message("The arm's file gives no torque limits")
    figure = go.Figure()
    for key, name, colour in (
        ("torque_peak_n_m", "peak", theme.PHYSICS),
        ("torque_rms_n_m", "effective", theme.HYBRID),
    ):
        figure.add_bar(
            y=[joint["name"].replace("_", " ") for joint in known], orientation="h", name=name, marker_color=colour,
            x=[100.0 * joint[key] / joint["torque_limit_n_m"] for joint in known],
            customdata=[[joint[key], joint["torque_limit_n_m"]] for joint in known],
            hovertemplate="%{customdata[0]:.1f} of %{customdata[1]:.0f} N·m", texttemplate="%{customdata[0]:.3g} N·m",
            textposition="outside", cliponaxis=False,
        )  # fmt: skip
    theme.dress(figure, height=90 + 38 * len(known), barmode="group", margin={"l": 110, "r": 64, "t": 36, "b": 48})
    figure.update_layout(hovermode="closest", legend_traceorder="normal")
    return figure.update_xaxes(title_text="% of the drive's limit", rangemode="tozero")
