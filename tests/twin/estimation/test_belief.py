import numpy as np
import pytest

from twin.estimation.belief import Belief

MEAN = np.array([1.0, -2.0, 0.5])
ROOT = np.array([[1.0, 0.0, 0.0], [0.5, 2.0, 0.0], [-0.3, 0.4, 0.1]])
BELIEF = Belief(MEAN, ROOT @ ROOT.T)


def test_a_reading_conditions_as_the_closed_form_says():
    found = BELIEF.learned(1, 0.5, 0.25)
    size = BELIEF.covariance[1, 1] + 0.25
    np.testing.assert_allclose(found.mean, MEAN + BELIEF.covariance[:, 1] / size * (0.5 + 2.0))
    # the same in information form: P' = (P^-1 + h h^T / r)^-1
    row = np.eye(3)[1]
    expected = np.linalg.inv(np.linalg.inv(BELIEF.covariance) + np.outer(row, row) / 0.25)
    np.testing.assert_allclose(found.covariance, expected, atol=1e-12)


def test_a_wild_reading_pulls_no_harder_than_five_deviations():
    limit = 5.0 * np.sqrt(BELIEF.covariance[1, 1] + 0.25)
    np.testing.assert_allclose(BELIEF.learned(1, 1e6, 0.25).mean, BELIEF.learned(1, MEAN[1] + limit, 0.25).mean)


def test_draws_have_the_very_means_and_spreads():
    found = BELIEF.drawn(12, seed=3)
    np.testing.assert_allclose(found.mean(axis=1), MEAN)
    np.testing.assert_allclose(found.std(axis=1), np.sqrt(np.diag(BELIEF.covariance)))
    many = np.corrcoef(BELIEF.drawn(20_000, seed=3))
    spread = np.sqrt(np.diag(BELIEF.covariance))
    np.testing.assert_allclose(many, BELIEF.covariance / np.outer(spread, spread), atol=0.03)  # four of 1 / sqrt(W)


def test_rows_and_more_variance():
    found = BELIEF.only(np.array([2, 0])).wider(np.array([1.0]))
    assert found.covariance[0, 0] == pytest.approx(BELIEF.covariance[2, 2] + 1.0)
    assert found.covariance[0, 1] == BELIEF.covariance[2, 0]
    np.testing.assert_allclose(BELIEF.root(np.zeros(3)), ROOT)
