import pytest

from tests.ui import recorded as r
from ui.figures.outcome import bands


def test_both_runs_are_drawn_with_their_bands_in_the_display_unit():
    figure = bands("FT-101", r.OUTCOME.series["FT-101"], r.FLOW)
    medians = {trace.name: trace for trace in figure.data if trace.name}
    assert list(medians["baseline"].y) == pytest.approx([60.0, 60.0, 60.0])
    assert list(medians["what-if"].y) == pytest.approx([60.0, 42.0, 42.0])
    assert [trace.fill for trace in figure.data].count("tonexty") == 2
    assert figure.layout.yaxis.title.text == "FT-101, L/min"


@pytest.mark.parametrize(("end_s", "word"), [(900.0, "seconds"), (28_800.0, "hours"), (604_800.0, "days")])
def test_the_axis_suits_the_horizon(end_s, word):
    series = {**r.OUTCOME.series["FT-101"], "times_s": [0.0, end_s / 2, end_s]}
    assert bands("FT-101", series, None).layout.xaxis.title.text == f"{word} from the start"


def test_a_missing_series_says_so():
    assert "no series" in bands("FT-101", {}, None).layout.annotations[0].text


def test_runs_that_all_broke_off_say_so():
    assert "No world" in bands("FT-101", {"unit": "m", "times_s": [0.0, 60.0]}, None).layout.annotations[0].text
