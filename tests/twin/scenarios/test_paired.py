import numpy as np
import pytest
from scipy import stats

from twin.scenarios.paired import difference, spread, worlds_needed


def test_spread_of_a_ramp_is_its_quantiles():
    ramp = np.linspace(0.0, 100.0, 101)
    result = spread(ramp)
    assert (result.low, result.median, result.high) == pytest.approx((5.0, 50.0, 95.0))


def test_interval_is_the_paired_t_interval_of_scipy():
    rng = np.random.default_rng(1)
    baseline = rng.normal(10.0, 3.0, 40)
    scenario = baseline + rng.normal(0.5, 0.2, 40)
    expected = stats.ttest_rel(scenario, baseline).confidence_interval(0.95)
    result = difference(baseline, scenario)
    assert (result.mean_low, result.mean_high) == pytest.approx((expected.low, expected.high))
    assert result.separated


def test_common_noise_cancels_in_the_difference():
    noise = np.random.default_rng(2).normal(0.0, 100.0, 64)
    result = difference(noise, noise + 1.0)
    assert result.mean == pytest.approx(1.0)
    assert result.mean_high - result.mean_low < 1e-9
    assert result.separated


def test_equal_runs_are_never_separated():
    values = np.random.default_rng(3).normal(5.0, 1.0, 16)
    result = difference(values, values.copy())
    assert not result.separated
    assert result.mean == 0.0
    assert result.worlds_needed is None


def test_solver_rounding_is_no_difference():
    values = np.full(8, 1e6)
    assert not difference(values, values + 1e-2).separated


def test_worlds_needed_is_the_smallest_that_separates():
    mean, deviation = 0.3, 1.0
    worlds = worlds_needed(mean, deviation)

    def half_width(count: int) -> float:
        return float(stats.t.ppf(0.975, count - 1)) * deviation / count**0.5

    assert half_width(worlds) < mean
    assert half_width(worlds - 1) >= mean


def test_coverage_of_the_interval_is_95_percent():
    rng = np.random.default_rng(4)
    trials, hits = 2000, 0
    for _ in range(trials):
        baseline = rng.normal(0.0, 2.0, 12)
        result = difference(baseline, baseline + rng.normal(1.0, 1.0, 12))
        hits += result.mean_low <= 1.0 <= result.mean_high
    # Three binomial standard deviations at p = 0.95.
    assert abs(hits / trials - 0.95) < 3 * (0.95 * 0.05 / trials) ** 0.5


def test_diverged_worlds_are_left_out_of_both_runs():
    baseline = np.array([1.0, 2.0, np.nan, 4.0])
    scenario = np.array([2.0, np.nan, 3.0, 5.0])
    assert difference(baseline, scenario).mean == pytest.approx(1.0)


def test_one_world_has_no_interval():
    result = difference(np.array([1.0]), np.array([2.0]))
    assert result.mean == pytest.approx(1.0)
    assert not result.separated
    assert np.isnan(result.mean_low)


def test_all_diverged_gives_nan():
    result = difference(np.array([np.nan, np.nan]), np.array([1.0, 2.0]))
    assert np.isnan(result.mean)
    assert np.isnan(spread(np.array([np.nan])).median)
