"""Joins of records on their way into schemas."""

from __future__ import annotations

import numpy as np

from api.views import courses, shown
from tests.api.routes.test_trends import TREND
from twin.records.series import TagStatus
from twin.services.plant_page import Display

CELSIUS = {"TT-1": Display("degC", 1.0, -273.15)}


def test_each_tag_gets_its_display_and_an_unknown_one_none() -> None:
    rows = shown([TagStatus("TT-1", "K"), TagStatus("TT-9", "K")], CELSIUS)
    assert [row["display"] for row in rows] == [CELSIUS["TT-1"], None]


def test_a_trend_is_cut_into_one_course_a_tag() -> None:
    (course,) = courses(TREND, CELSIUS)
    assert course["tag"] == "TT-1"
    np.testing.assert_array_equal(course["low"], [292.15, np.nan])
