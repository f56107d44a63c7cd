import numpy as np
import pytest
from scipy import stats

from twin.prognosis.remaining_life import SECONDS_PER_DAY, probability, prolonged, quantiles_days


def test_beyond_the_horizon_the_last_rate_is_prolonged():
    reached = np.array([5.0, np.inf, np.inf, np.nan])
    wear, rate = np.array([1.0, 0.2, 0.5, np.nan]), np.array([0.1, 0.01, 0.0, np.nan])
    life = prolonged(reached, 20.0, wear, np.ones(4), rate)
    assert life[:2] == pytest.approx([5.0, 20.0 + 0.8 / 0.01])
    assert np.isinf(life[2])
    assert np.isnan(life[3])


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
