from tests.ui import recorded as r
from ui.figures import failures, theme


def test_the_time_line_shows_quantiles_and_sends_long_lives_to_the_edge():
    figure = failures.timeline(r.FORECASTS.items)
    bar, dot, _far_bar, far = figure.data
    assert list(bar.x) == [12.0, 58.0]
    assert (list(dot.x), dot.marker.symbol) == ([33.0], "circle")
    assert (list(far.x), far.marker.symbol) == ([90], "triangle-right")


def test_the_time_line_reaches_as_far_as_the_latest_median():
    late = r.FORECASTS.items[0].model_copy(deep=True)
    late.remaining_days.p05, late.remaining_days.p50, late.remaining_days.p95 = 69.0, 98.0, 171.0
    bar, dot = failures.timeline([late]).data
    assert (list(bar.x), list(dot.x)) == ([69.0, 171.0], [98.0])


def test_colours_follow_the_chance_within_thirty_days():
    assert [failures.risk_colour(p) for p in (None, 0.01, 0.05, 0.3)] == [
        theme.OTHER, theme.HYBRID, theme.PHYSICS, theme.ALARM,
    ]  # fmt: skip


def test_chances_carry_their_interval():
    bar = failures.chances(r.BEARING).data[0]
    assert list(bar.x) == ["1 d<br><b>< 0.5 %</b>", "7 d<br><b>3 %</b>", "30 d<br><b>41 %</b>", "90 d<br><b>100 %</b>"]
    assert list(bar.error_y.array)[2] == 0.47 - 0.41
    assert list(bar.error_y.arrayminus)[2] == 0.41 - 0.35


def test_contributors_are_ranked_with_the_largest_on_top():
    bar = failures.contributors(r.BEARING).data[0]
    assert list(bar.y) == ["pump-1 · wear", "pump-1 · wear per J"]
    assert list(bar.text) == ["20 %", "70 %"]


def test_nothing_to_show_says_so():
    assert failures.timeline([]).layout.annotations[0].text == "No forecast yet"
    assert failures.contributors(r.SEAT).layout.annotations[0].text == "No contributors given"


def test_a_horizon_that_was_not_computed_has_no_value():
    assert failures.within(r.SEAT, 365).value is None
