"""Means from the moments of each distribution, against SciPy; what is no distribution is refused."""

import pytest
from scipy import stats

from physics.flow import durations


@pytest.mark.parametrize(
    ("raw", "mean"),
    [
        (12, 12.0),
        ({"uniform": {"low_s": 1, "high_s": 5}}, 3.0),
        ({"triangular": {"low_s": 1, "mode_s": 2, "high_s": 6}}, 3.0),
        ({"exponential": {"mean_s": 4}}, 4.0),
        ({"normal": {"mean_s": 4, "sd_s": 3}}, stats.truncnorm.mean(-4 / 3, float("inf"), 4, 3)),
        ({"lognormal": {"mean_s": 4, "sd_s": 3}}, 4.0),
        ({"weibull": {"mean_s": 4, "shape": 2}}, 4.0),
        ({"gamma": {"mean_s": 4, "shape": 2}}, 4.0),
        ({"empirical": {"values_s": [1, 2, 6]}}, 3.0),
        ({"sequence": {"turns_s": [[1, 2], [3, 6]]}}, 3.0),
    ],
)
def test_means(raw, mean):
    assert durations.read(raw).mean_s == pytest.approx(mean)


def test_weibull_is_given_by_its_mean():
    times = durations.weibull(4.0, 2.0)
    assert stats.weibull_min.mean(2.0, scale=times.a) == pytest.approx(4.0)


@pytest.mark.parametrize(
    "raw",
    [-1.0, True, "fast", {"normal": {"mean_s": 4}}, {"cauchy": {"mean_s": 1}}, {"exponential": {"mean_s": 0}},
     {"empirical": {"values_s": []}}, {"sequence": {"turns_s": [[1.0], [1.0, 2.0]]}},
     {"sequence": {"turns_s": []}}, {"uniform": {"low_s": 3, "high_s": 1}}, {"lognormal": {"mean_s": 1, "sd_s": -1}}],
)  # fmt: skip
def test_what_is_no_distribution_of_times_is_refused(raw):
    with pytest.raises(durations.BadTimes, match="need"):
        durations.read(raw)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), "5", True])
def test_a_number_that_is_none_is_named(number):
    inside = ({"empirical": {"values_s": [1.0, number]}}, {"sequence": {"turns_s": [[1.0], [number]]}},
              {"exponential": {"mean_s": number}})  # fmt: skip
    for raw in inside:
        with pytest.raises(durations.BadTimes, match=f"got {number!r}, need a finite number"):
            durations.read(raw)
    with pytest.raises(durations.BadTimes, match="need"):
        durations.read(number)
