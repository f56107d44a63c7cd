import numpy as np
import pytest
from scipy.signal import lfilter

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


@pytest.mark.parametrize(("samples", "correlated_over"), [(300, 1), (256, 30), (1000, 60)])
def test_models_that_are_equal_in_expectation_are_rarely_called_better(samples, correlated_over):
    promoted = 0
    for seed in range(200):
        first, second = (wandering(samples, correlated_over, 2 * seed + k) for k in (0, 1))
        promoted += compare.paired(first, second, np.zeros((samples, 1)), np.ones(1), seed=seed).better
    # one-sided 5 %, 99 % binomial interval of 200 draws at 8 %: the correlation time is estimated too
    assert promoted <= 26


def wandering(samples, correlated_over, seed):
    """Errors of unit spread that are correlated over so many samples."""
    keep = np.exp(-1 / correlated_over)
    noise = np.random.default_rng(seed).normal(size=samples + 10 * correlated_over) * np.sqrt(1 - keep**2)
    return lfilter([1.0], [1.0, -keep], noise)[-samples:, None]


def test_a_window_of_one_block_tells_nothing():
    slow = np.linspace(1.0, 1.2, 50)[:, None]
    found = compare.paired(slow, 3 * slow, np.zeros((50, 1)), np.ones(1))
    assert found.blocks < 2
    assert not found.better


def test_a_gain_in_every_stretch_counts_however_uneven_the_stretches():
    """A rival whose error comes and goes: three blocks, a hundredth of its loss in each."""
    rival = wandering(60, 8, seed=3) * np.linspace(0.2, 3.0, 60)[:, None]
    found = compare.paired(0.1 * rival, rival, np.zeros((60, 1)), np.ones(1))
    assert found.blocks <= 5
    assert found.better


def test_a_gain_in_some_tags_counts_beside_a_tag_that_neither_explains():
    loud = wandering(300, 4, seed=5)
    quiet = [wandering(300, 20, seed=6 + k) for k in range(3)]
    rival = np.hstack([loud, *quiet])
    own = np.hstack([loud, *(0.2 * error for error in quiet)])
    found = compare.paired(own, rival, np.zeros((300, 4)), np.array([1.0, 5.0, 5.0, 5.0]))
    assert found.gain < 0.2
    assert found.better
