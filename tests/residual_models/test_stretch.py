import numpy as np
import pytest
from scipy.stats import expon

from residual_models.stretch import sample

COVARIANCE = np.array([[4.0, 1.9, 0.0], [1.9, 1.0, 0.0], [0.0, 0.0, 1e-4]])
MEAN = np.array([5.0, -3.0, 0.02])


def normal(values):
    away = values - MEAN[:, None]
    return -0.5 * np.einsum("fk,fg,gk->k", away, np.linalg.inv(COVARIANCE), away)


def test_a_stretched_normal_posterior_is_drawn_with_its_mean_and_covariance():
    begin = MEAN[:, None] + np.array([1.0, 1.0, 0.01])[:, None] * np.random.default_rng(1).normal(size=(3, 24))
    found = sample(normal, begin, steps=1500)
    spread = np.sqrt(np.diag(COVARIANCE))
    # Four standard errors of so many independent draws.
    assert (np.abs(found.values.mean(axis=1) - MEAN) / spread < 4 / np.sqrt(found.independent)).all()
    np.testing.assert_allclose(found.values.std(axis=1), spread, rtol=0.1)
    assert np.corrcoef(found.values)[0, 1] == pytest.approx(0.95, abs=0.02)
    assert 0.3 < found.accepted < 0.9
    assert (found.independent > 300).all()


def test_a_density_with_an_edge_keeps_its_shape():
    # Exponential of scale 2: its mean and its quantiles, not those of a normal approximation.
    def density(values):
        return np.where(values[0] >= 0.0, -values[0] / 2.0, -np.inf)

    found = sample(density, np.random.default_rng(2).uniform(0.5, 3.0, size=(1, 20)), steps=3000, seed=4)
    at = (0.05, 0.5, 0.95)
    np.testing.assert_allclose(np.quantile(found.values[0], at), expon.ppf(at, scale=2.0), rtol=0.12, atol=0.02)


def test_the_same_seed_draws_the_same():
    begin = MEAN[:, None] + 0.01 * np.random.default_rng(1).normal(size=(3, 8))
    one, two = sample(normal, begin, steps=20), sample(normal, begin, steps=20)
    np.testing.assert_array_equal(one.values, two.values)
