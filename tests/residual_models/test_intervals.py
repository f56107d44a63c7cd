import numpy as np
import pytest
from scipy.stats import norm

from residual_models import intervals


def test_half_width_is_the_conformal_rank():
    assert intervals.half_width(np.arange(1.0, 20.0), 0.9) == 18.0
    assert intervals.half_width(-np.arange(1.0, 20.0), 0.9) == 18.0


def test_too_few_errors_give_an_endless_band():
    assert intervals.half_width(np.arange(5.0), 0.9) == np.inf


def test_coverage_of_new_normal_errors_is_the_promised_level():
    rng = np.random.default_rng(3)
    hits = []
    for _ in range(400):
        width = intervals.half_width(rng.normal(size=199), 0.9)
        hits.append(np.mean(np.abs(rng.normal(size=200)) <= width))
    assert np.mean(hits) == pytest.approx(0.9, abs=4 * np.std(hits) / np.sqrt(400))


def test_interval_score_of_the_textbook_case():
    score = intervals.interval_score(np.array([0.0, 1.5, np.nan]), np.full(3, -1.0), np.full(3, 1.0), 0.9)
    np.testing.assert_allclose(score[:2], [2.0, 2.0 + 20 * 0.5])
    assert np.isnan(score[2])


def test_block_bootstrap_of_independent_samples_matches_the_standard_error():
    values = np.random.default_rng(4).normal(size=5000)
    low, high = intervals.mean_interval(values, 5)
    assert high - low == pytest.approx(2 * 1.96 / np.sqrt(5000), rel=0.15)


def test_block_bootstrap_sees_that_alike_neighbours_are_one_experiment():
    values = np.repeat(np.random.default_rng(5).normal(size=100), 50)
    low, high = intervals.mean_interval(values, 100)
    assert high - low == pytest.approx(2 * 1.96 / np.sqrt(100), rel=0.35)


def test_missing_samples_do_not_count():
    values = np.where(np.arange(300) % 3 == 0, np.nan, 1.0)
    assert intervals.mean_interval(values, 10) == (1.0, 1.0)
    np.testing.assert_array_equal(intervals.covered(np.array([np.nan, 0.0]), np.zeros(2), np.ones(2)), [np.nan, 1.0])


def test_adaptive_level_keeps_its_promise_whatever_happens():
    rng, rate, count = np.random.default_rng(0), 0.05, 4000
    sizes = rng.uniform(size=count)
    sizes[count // 2 :] **= 0.1  # later errors are far larger than those of calibration
    asked = intervals.adapted(sizes, 0.9, rate=rate)
    misses = np.mean(sizes > asked[:-1])
    # Gibbs & Candès (2021), proposition 4.1: |misses - α| ≤ (max(α, 1 - α) + γ) / (γ T).
    assert abs(misses - 0.1) <= (0.9 + rate) / (rate * count)
    assert asked[-1] > 0.95
    assert np.mean(sizes > 0.9) > 0.3


def test_nothing_measured_leaves_the_level():
    np.testing.assert_array_equal(intervals.adapted(np.full(3, np.nan), 0.8), np.full(4, 0.8))


def test_crps_of_a_normal_forecast_is_the_integral_of_its_definition():
    y, centre, sd = 0.7, -0.2, 1.3
    x = np.linspace(-15.0, 15.0, 300_001)
    integral = np.trapezoid((norm.cdf(x, centre, sd) - (x >= y)) ** 2, x)
    assert intervals.crps(np.array([y]), np.array([centre]), np.array([sd]))[0] == pytest.approx(integral, abs=1e-4)


def test_a_miss_moves_the_level_only_once_it_is_known():
    # The first outcome is a miss and arrives before the third step: by hand 0.9, 0.9, 0.9 + 0.02 * 0.9.
    asked = intervals.adapted(np.array([0.95, 0.5, 0.5]), 0.9, arrived=np.array([0, 0, 1]))
    np.testing.assert_allclose(asked, [0.9, 0.9, 0.918, 0.9 + 0.02 * (0.9 - 0.1 - 0.1)])
