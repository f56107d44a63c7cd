"""Small joins of records on their way into schemas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from twin.records.prediction import Trend
from twin.services.plant_page import Display


def shown(items: Sequence[Any], displays: Mapping[str, Display]) -> list[dict[str, Any]]:
    """Records of tags, each with how its SI numbers are shown."""
    return [{**vars(item), "display": displays.get(item.tag)} for item in items]


def courses(trend: Trend, displays: Mapping[str, Display]) -> list[dict[str, Any]]:
    """A trend's arrays [T, S] as one record per tag."""
    prediction = trend.prediction
    rows = {
        "measured": trend.measured, "mean": prediction.mean, "physics": prediction.physics,
        "low": prediction.low, "high": prediction.high,
    }  # fmt: skip
    return [
        {
            "tag": tag,
            "unit": trend.units[tag],
            "display": displays.get(tag),
            "times": prediction.times_us,
            **{name: values[:, column] for name, values in rows.items()},
        }
        for column, tag in enumerate(prediction.tags)
    ]
