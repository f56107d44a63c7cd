import numpy as np
import pytest
from scipy import stats

from twin.prognosis.remaining_life import SECONDS_PER_DAY, crossing_s, probability, quantiles_days


def test_linear_wear_crosses_at_limit_over_rate():
    times = np.linspace(0.0, 100.0, 6)
    rates = np.array([0.02, 0.05, 0.4])
    life = crossing_s(times, times[:, None] * rates, np.ones(3))
    np.testing.assert_allclose(life, 1.0 / rates, rtol=1e-12)


def test_beyond_the_horizon_the_last_rate_is_prolonged():
    times = np.array([0.0, 10.0, 20.0])
    life = crossing_s(times, times[:, None] * np.array([0.01]), np.array([1.0]))
    assert life[0] == pytest.approx(100.0)


def test_archard_wear_crosses_at_its_closed_form():
    # Archard: wear = k * power * t, so life = limit / (k * power); doi:10.1063/1.1721448.
    power_w, wear_per_j = 25.0, np.array([1e-9, 4e-9])
    times = np.linspace(0.0, 90 * SECONDS_PER_DAY, 10)
    life = crossing_s(times, times[:, None] * wear_per_j * power_w, np.array([0.1, 0.1]))
    np.testing.assert_allclose(life, 0.1 / (wear_per_j * power_w), rtol=1e-12)


def test_no_growth_never_fails_and_worn_out_fails_now():
    times = np.array([0.0, 1.0])
    life = crossing_s(times, np.array([[0.5, 1.2], [0.5, 1.3]]), np.ones(2))
    assert np.isinf(life[0])
    assert life[1] == 0.0


def test_a_world_without_path_is_unknown():
    times = np.array([0.0, 1.0, 2.0])
    wear = np.array([[np.nan, 0.0], [np.nan, 0.1], [np.nan, np.nan]])
    life = crossing_s(times, wear, np.ones(2))
    assert np.isnan(life[0])
    assert life[1] == pytest.approx(10.0)


def test_probability_and_quantiles_of_weibull_life_match_its_distribution():
    shape, scale_days, count = 2.0, 40.0, 20_000
    days = scale_days * np.random.default_rng(0).weibull(shape, count)
    life = days * SECONDS_PER_DAY
    law = stats.weibull_min(shape, scale=scale_days)
    for horizon in (1, 7, 30, 90):
        share = law.cdf(horizon)
        found = probability(life, horizon * SECONDS_PER_DAY)["value"]
        assert abs(found - share) < 4 * (share * (1 - share) / count) ** 0.5 + 1e-12
    found_days = quantiles_days(life, 1e9)
    for name, level in (("p05", 0.05), ("p50", 0.5), ("p95", 0.95)):
        assert found_days[name] == pytest.approx(law.ppf(level), rel=0.03)


def test_nobody_failing_still_leaves_an_upper_bound():
    interval = probability(np.full(64, np.inf), 1.0)
    assert interval["value"] == 0.0
    assert interval["low"] == 0.0
    assert 0.0 < interval["high"] < 0.1


def test_quantile_beyond_the_horizon_is_none():
    life = np.array([1.0, 2.0, 100.0]) * SECONDS_PER_DAY
    assert quantiles_days(life, 10 * SECONDS_PER_DAY) == {"p05": 1.0, "p50": 2.0, "p95": None}
