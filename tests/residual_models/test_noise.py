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


def ar1(count, phi, rng):
    """An autoregression of unit variance from its stationary start."""
    found = np.empty(count)
    found[0] = rng.normal()
    for k in range(1, count):
        found[k] = phi * found[k - 1] + np.sqrt(1 - phi**2) * rng.normal()
    return found


def test_white_and_slow_parts_are_told_apart():
    rng = np.random.default_rng(0)
    error = 2.0 * ar1(40_000, np.exp(-1 / 50.0), rng) + 1.5 * rng.normal(size=40_000)
    error[rng.uniform(size=40_000) < 0.2] = np.nan
    found = noise.parts(error)
    # 40,000 samples are 400 of the slow part: its variance is known to about 7 %, two deviations allowed.
    assert np.sqrt(np.sum(np.square(found.slow))) == pytest.approx(2.0, rel=0.08)
    assert found.white == pytest.approx(1.5, rel=0.1)
    lags = np.array([10.0, 50.0, 100.0])
    told = sum(size**2 * np.exp(-lags / memory) for size, memory in zip(found.slow, found.memory, strict=True))
    np.testing.assert_allclose(told, 4.0 * np.exp(-lags / 50.0), atol=0.4)


def test_two_memories_are_told_apart():
    rng = np.random.default_rng(3)
    error = ar1(60_000, np.exp(-1 / 4.0), rng) + ar1(60_000, np.exp(-1 / 400.0), rng)
    found = noise.parts(error)
    lags = np.array([2.0, 20.0, 200.0])
    told = sum(size**2 * np.exp(-lags / memory) for size, memory in zip(found.slow, found.memory, strict=True))
    # 75 times the longer memory: its variance is known to 16 %, two deviations and the exponentials' grid allowed.
    np.testing.assert_allclose(told, np.exp(-lags / 4.0) + np.exp(-lags / 400.0), atol=0.35)
    assert found.white < 0.35
    assert min(found.memory) < 40.0 < max(found.memory)


def test_an_error_without_memory_is_white_and_a_bias_is_slow():
    rng = np.random.default_rng(1)
    white = noise.parts(rng.normal(size=5000))
    assert np.sum(np.square(white.slow)) < 0.05
    assert white.white == pytest.approx(1.0, rel=0.05)
    biased = noise.parts(3.0 + 0.1 * rng.normal(size=5000))
    assert np.sqrt(np.sum(np.square(biased.slow))) == pytest.approx(3.0, rel=0.02)
    assert max(biased.memory) > 1000
