import numpy as np
import pytest

from twin.gate import compare


def test_rmse_leaves_missing_samples_out():
    measured = np.array([[0.0, np.nan], [0.0, np.nan]])
    found = compare.rmse(np.array([[3.0, 1.0], [4.0, 1.0]]), measured)
    assert found[0] == pytest.approx(np.sqrt(12.5))
    assert np.isnan(found[1])
    assert compare.overall(found, np.array([2.0, 1.0])) == pytest.approx(np.sqrt(12.5) / 2)


def test_a_clearly_better_model_is_told_from_chance():
    rng = np.random.default_rng(1)
    measured = np.zeros((400, 1))
    found = compare.paired(rng.normal(size=(400, 1)), 1.5 * rng.normal(size=(400, 1)), measured, np.ones(1))
    assert found.high < 0.0
    assert found.gain == pytest.approx(1 - 1 / 2.25, abs=0.12)


def test_each_tag_counts_by_its_own_scale():
    measured = np.zeros((100, 2))
    own, rival = np.tile([1.0, 30.0], (100, 1)), np.tile([2.0, 40.0], (100, 1))
    found = compare.paired(own, rival, measured, np.array([1.0, 10.0]))
    # Squared errors over the scales: 1 and 9 against 4 and 16.
    assert found.mean == pytest.approx((1 + 9 - 4 - 16) / 2)
    assert found.gain == pytest.approx(1 - 10 / 20)


def test_models_that_are_equal_in_expectation_are_rarely_called_better():
    promoted = 0
    for seed in range(200):
        rng = np.random.default_rng(seed)
        first, second = rng.normal(size=(2, 300, 1))
        promoted += compare.paired(first, second, np.zeros((300, 1)), np.ones(1), seed=seed).high < 0.0
    # One-sided 5 %: 95 % binomial interval of 200 draws, plus the bootstrap's known slight optimism.
    assert promoted <= 22
