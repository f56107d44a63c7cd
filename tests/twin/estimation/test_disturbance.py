import numpy as np
import pytest

from twin.estimation.disturbance import Disturbance, known, told_apart
from twin.records.band import TagError


def beside(memory_s=100.0):
    return Disturbance(np.array([0.1]), np.array([[2.0]]), np.array([[memory_s]]))


def test_single_samples_are_the_autoregression_itself():
    size, keep = beside().means(1, 10.0)
    assert size[0, 0] == pytest.approx(2.0)
    assert keep[0, 0] == pytest.approx(np.exp(-0.1))
    left = beside().onward(np.array([0.0, 50.0]), 1, 10.0)
    np.testing.assert_allclose(left[:, 0, 0], [1.0, np.exp(-0.5)])


def test_means_have_the_variance_and_covariance_of_the_summed_autoregression():
    samples, step_s = 7, 30.0
    lag = np.abs(np.subtract.outer(np.arange(2 * samples), np.arange(2 * samples)))
    covariance = 4.0 * np.exp(-lag * step_s / 100.0)
    first, second = np.repeat([[1.0], [0.0]], samples, axis=0)[:, 0] / samples, None
    second = first[::-1]
    size, keep = beside().means(samples, step_s)
    assert size[0, 0] ** 2 == pytest.approx(first @ covariance @ first)
    assert keep[0, 0] == pytest.approx(first @ covariance @ second / (first @ covariance @ first))
    # The sample after the last one of the first block, by regression on that block's mean.
    left = beside().onward(np.array([step_s]), samples, step_s)[0, 0, 0]
    assert left == pytest.approx(covariance[samples] @ first / (first @ covariance @ first))


def test_without_a_memory_nothing_goes_on():
    size, keep = Disturbance.none(np.ones(1)).means(5, 1.0)
    assert (size[0, 0], keep[0, 0]) == (0.0, 0.0)


def test_a_free_runs_error_is_told_apart_and_a_stated_noise_that_readings_do_not_show_is_not_believed():
    rng = np.random.default_rng(0)
    error = np.column_stack([rng.normal(size=4000), 5.0 + 1e-3 * rng.normal(size=4000)])
    found = told_apart(error, 2.0, np.array([1.5, 1.5]))
    assert found.noise_sd[0] == pytest.approx(1.0, rel=0.05)
    # Differences of 1e-3 between neighbours cannot hide a noise of 1.5; nothing is believed beyond a thousandth.
    assert found.noise_sd[1] < 0.2
    assert np.sqrt((found.sd[:, 1] ** 2).sum()) == pytest.approx(5.0, rel=0.06)
    assert found.memory_s[:, 1].max() > 1000.0
    # A level that may have moved since is part of it, whatever the error shows.
    assert (found.sd[-1] > 0.0).all()


def test_a_version_knows_all_tags_or_is_not_asked():
    errors = {"a": TagError(0.1, (0.2,), (3.0,)), "b": TagError(1.0, (2.0, 1.0), (30.0, 5.0))}
    found = known(errors, ("b", "a"))
    np.testing.assert_array_equal(found.memory_s, [[30.0, 3.0], [5.0, 0.0]])
    assert known(errors, ("a", "c")) is None
