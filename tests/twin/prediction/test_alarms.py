import numpy as np
import pytest

from twin.prediction.alarms import margin_for, score, threshold


def test_constant_shift_reaches_its_closed_form():
    # z_t = (1 − (1−λ)^t) δ, so the score settles at (2 − λ)/λ · S δ².
    memory, shift = 0.2, 0.7
    scores = score(np.full((400, 3), shift), memory=memory)
    assert scores[-1] == pytest.approx((2 - memory) / memory * 3 * shift**2)
    assert scores[0] == pytest.approx((2 - memory) / memory * 3 * (memory * shift) ** 2)


def test_memory_one_is_the_squared_distance():
    e = np.random.default_rng(0).normal(size=(50, 4))
    np.testing.assert_allclose(score(e, memory=1.0), (e**2).sum(axis=1))


def test_white_innovations_score_the_number_of_tags_on_average():
    e = np.random.default_rng(1).normal(size=(100_000, 5))
    # Neighbouring scores are correlated over about 2/λ rows: standard error ≈ sqrt(2·5·10/1e5) = 0.03.
    assert score(e, memory=0.2)[100:].mean() == pytest.approx(5.0, abs=0.15)


def test_threshold_reads_training_rows_alone():
    scores = np.r_[np.linspace(0.0, 1.0, 101), np.full(50, 1e9)]
    usable = np.arange(151) < 101
    assert threshold(scores, usable, quantile=0.99, margin=2.0) == pytest.approx(1.98)


def test_margin_gives_the_asked_share_of_alarms():
    ratios = np.random.default_rng(2).exponential(size=10_000)
    margin = margin_for(ratios, 0.25)
    assert (ratios > margin).mean() == pytest.approx(0.25, abs=1e-3)
