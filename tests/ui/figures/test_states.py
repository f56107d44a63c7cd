from zoneinfo import ZoneInfo

import pytest

from tests.ui.recorded_inside import ESTIMATE, WARM
from ui.figures.states import course, surprises

UTC = ZoneInfo("UTC")


def test_a_course_has_its_90_percent_band_in_the_display_unit():
    low, high, middle = course(ESTIMATE, WARM, UTC).data
    assert list(middle.y) == pytest.approx([20.0, 22.0])
    # the 5 and 95 % quantiles of a normal spread of 0.5 K
    assert (low.y[1], high.y[1]) == (pytest.approx(22.0 - 0.8225), pytest.approx(22.0 + 0.8225))


def test_surprises_stand_tag_by_tag_over_time():
    (heat,) = surprises(ESTIMATE, UTC).data
    assert list(heat.y) == ["FT-101", "TT-101"]
    assert list(heat.z[1]) == [3.0, 4.0]
    assert heat.z[0][1] is None
