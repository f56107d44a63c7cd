"""Measured beside predicted over HTTP; the free run itself is tested where it is computed."""

from __future__ import annotations

import numpy as np
import pytest

from api.schemas.trends import TrendsView
from tests.api.conftest import Program
from twin.records.prediction import Prediction, Trend
from twin.services import prediction

COLUMN = np.array([[293.15], [np.nan]])
TREND = Trend(
    Prediction(np.array([0, 60_000_000]), ("TT-1",), COLUMN, COLUMN, COLUMN - 1, COLUMN + 1, np.array([True, False])),
    COLUMN,
    {"TT-1": "K"},
    3,
    0.9,
)


def test_a_trend_is_told_per_tag_with_null_for_missing(oven: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prediction, "trend", lambda *_args, **_options: TREND)
    view = TrendsView.model_validate_json(oven.get("plants/oven/trends?tags=TT-1").content)
    tag = view.tags[0]
    assert (tag.measured, tag.high, tag.unit) == ([293.15, None], [294.15, None], "K")
    assert [moment.isoformat() for moment in tag.times][1] == "1970-01-01T00:01:00+00:00"
    assert (view.model_version, view.level, view.in_support) == (3, 0.9, [True, False])
    assert tag.display is not None
    assert tag.display.unit == "degC"


@pytest.mark.parametrize(
    ("path", "status"),
    [("plants/oven/trends", 409), ("plants/kiln/trends", 404), ("plants/oven/trends?max_points=1", 422)],
    ids=["no log", "no plant", "no points"],
)
def test_without_a_log_there_is_no_trend(oven: Program, path: str, status: int) -> None:
    assert oven.get(path).status_code == status
