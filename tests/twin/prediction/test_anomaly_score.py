import numpy as np
import pytest

from twin.prediction.anomaly_score import Habits, anomaly_score, enough, unseen


def drifting(rows=4000, seed=0):
    """Two tags, the first a lag-one process of root 0.9, the second white; shape [T, 2]."""
    rng = np.random.default_rng(seed)
    noise = rng.normal(size=(rows, 2))
    for t in range(1, rows):
        noise[t, 0] += 0.9 * noise[t - 1, 0]
    return noise


def test_the_limit_is_the_quantile_of_the_learned_rows():
    errors = drifting()
    learned = np.arange(len(errors)) < 2000
    score = anomaly_score(errors, learned, Habits(quantile=0.9)).score
    assert (score[learned] > 1.0).mean() == pytest.approx(0.1, abs=1e-3)
    # The rest is of the same process: neighbouring scores hang together over 10 rows, so 200 count, ± 0.02 each.
    assert (score[~learned] > 1.0).mean() == pytest.approx(0.1, abs=0.06)


def test_a_shift_of_one_tag_is_found_and_laid_to_it():
    errors = drifting()
    errors[3000:, 1] += 4.0
    found = anomaly_score(errors, np.arange(len(errors)) < 2000)
    assert (found.score[3010:] > 2.0).all()
    assert (found.share[3010:, 1] > 0.7).all()
    np.testing.assert_allclose(found.share.sum(axis=1)[5:], 1.0)


def test_a_scale_on_a_tag_changes_nothing():
    errors, learned = drifting(), np.arange(4000) < 2000
    plain, scaled = anomaly_score(errors, learned), anomaly_score(errors * np.array([1e5, 1e-3]), learned)
    np.testing.assert_allclose(scaled.score, plain.score, rtol=1e-6)


def test_a_tag_without_healthy_readings_is_left_out():
    errors, learned = drifting(), np.arange(4000) < 2000
    silent = np.column_stack([errors, np.where(learned, np.nan, 1e9)])
    found = anomaly_score(silent, learned)
    assert np.isfinite(found.score).all()
    assert (found.share[:, 2] == 0.0).all()


def test_unseen_rows_are_the_later_half_and_follow_the_same_law():
    errors = drifting()
    learned = np.arange(len(errors)) < 2000
    found = unseen(errors, learned, Habits(quantile=0.9))
    assert len(found) == 1000
    assert (found > 1.0).mean() == pytest.approx(0.1, abs=0.07)
    spoiled = errors.copy()
    spoiled[2000:] = 1e9
    np.testing.assert_array_equal(unseen(spoiled, learned, Habits(quantile=0.9)), found)


def test_few_rows_are_not_enough():
    # Half of 43 rows carries 3 lags of 7 tags short of its constant; half of 44 carries both.
    assert not enough(np.ones(43, bool), 7)
    assert enough(np.ones(44, bool), 7)


def test_rows_without_readings_are_passed_over():
    errors, learned = drifting(), np.arange(4000) < 2000
    logged = np.arange(4500) % 9 != 5
    gappy, taught = np.full((4500, 2), np.nan), np.zeros(4500, bool)
    gappy[logged], taught[logged] = errors, learned
    found = anomaly_score(gappy, taught)
    np.testing.assert_array_equal(found.score[logged], anomaly_score(errors, learned).score)
    assert np.isnan(found.score[~logged]).all()
