import numpy as np
import pytest

from residual_models import noise


def test_white_noise_counts_every_sample():
    assert noise.correlation_time(np.random.default_rng(1).normal(size=20_000)) == pytest.approx(1.0, abs=0.15)


def test_first_order_noise_has_the_known_correlation_time():
    rng, a = np.random.default_rng(2), 0.9
    x = np.zeros(200_000)
    kick = rng.normal(size=len(x))
    for k in range(1, len(x)):
        x[k] = a * x[k - 1] + kick[k]
    assert noise.correlation_time(x) == pytest.approx((1 + a) / (1 - a), rel=0.15)


def test_a_constant_error_is_one_experiment():
    assert noise.correlation_time(np.full(500, 0.3)) == pytest.approx(500, rel=0.01)


def test_short_or_missing_errors_are_taken_as_independent():
    assert noise.correlation_time(np.array([np.nan, 1.0])) == 1.0
    assert noise.correlation_time(np.zeros(50)) == 1.0


def test_spread_is_the_rms_with_its_wild_tail_cut():
    calm = np.random.default_rng(3).normal(size=10_000)
    assert noise.spread(calm) == pytest.approx(1.0, rel=0.05)
    assert noise.spread(np.r_[calm, np.full(20, 1e6)]) < 1.2
    assert noise.spread(np.full(3, np.nan)) == np.inf
