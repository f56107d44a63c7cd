import numpy as np
import pytest
from scipy.signal import lfilter
from scipy.stats import binom

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


@pytest.mark.parametrize(
    ("samples", "correlated_over", "tags"), [(300, 1, 1), (256, 30, 1), (1000, 60, 1), (60, 20, 1)]
)
def test_models_that_are_equal_in_expectation_are_called_better_no_oftener_than_stated(samples, correlated_over, tags):
    chances = np.empty(300)
    for seed in range(300):
        first, second = (wandering(samples, correlated_over, 2 * seed + k, tags) for k in (0, 1))
        chances[seed] = compare.paired(first, second, np.zeros((samples, tags)), np.ones(tags), seed=seed).chance
    for chance in (0.05, 0.01):
        # 999 of 1,000 series of so many draws see no more, by the binomial law
        assert (chances < chance).sum() <= binom.ppf(0.999, 300, chance)


def wandering(samples, correlated_over, seed, tags=1):
    """Errors of unit spread that are correlated over so many samples."""
    keep = np.exp(-1 / correlated_over)
    noise = np.random.default_rng(seed).normal(size=(samples + 10 * correlated_over, tags)) * np.sqrt(1 - keep**2)
    return lfilter([1.0], [1.0, -keep], noise, axis=0)[-samples:]


def test_blocks_show_so_much_of_the_spread_of_a_mean():
    """Variance of a mean of m samples of an autoregression, summed term by term."""
    keep, block = 0.8, 18
    lags = np.arange(1, block)
    own = 1.0 + 2.0 * ((1 - lags / block) * keep**lags).sum()
    endless = (1 + keep) / (1 - keep)
    assert compare.shown_share(block, endless) == pytest.approx(own / endless)
    assert compare.shown_share(2, 1.0) == pytest.approx(1.0)


def test_a_window_of_one_block_tells_nothing_however_large_the_gain():
    slow = np.linspace(1.0, 1.2, 50)[:, None]
    found = compare.paired(slow, 3 * slow, np.zeros((50, 1)), np.ones(1))
    assert found.blocks < 2
    assert found.chance == 1.0
    assert not found.better


def test_samples_that_nobody_can_be_judged_by_count_for_no_block():
    """A plant that stood still for three quarters of the window shows as much as its running quarter does."""
    own, rival = wandering(100, 10, 1), wandering(100, 10, 2)
    still = np.full((300, 1), np.nan)
    alone = compare.paired(own, rival, np.zeros((100, 1)), np.ones(1))
    padded = compare.paired(*(np.vstack([still, e]) for e in (own, rival)), np.zeros((400, 1)), np.ones(1))
    assert padded == alone


def test_a_gain_in_every_stretch_counts_however_uneven_the_stretches():
    """A rival whose error comes and goes: four or five blocks, a hundredth of its loss in each."""
    rival = wandering(60, 8, seed=3) * np.linspace(0.2, 3.0, 60)[:, None]
    found = compare.paired(0.1 * rival, rival, np.zeros((60, 1)), np.ones(1))
    assert found.blocks <= 6
    assert found.better


def test_a_gain_in_some_tags_counts_beside_a_tag_that_neither_explains():
    loud = wandering(300, 4, seed=5)
    quiet = [wandering(300, 20, seed=6 + k) for k in range(3)]
    rival = np.hstack([loud, *quiet])
    own = np.hstack([loud, *(0.2 * error for error in quiet)])
    found = compare.paired(own, rival, np.zeros((300, 4)), np.array([1.0, 5.0, 5.0, 5.0]))
    assert found.gain < 0.2
    assert found.better
