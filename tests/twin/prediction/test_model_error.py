import numpy as np
import pytest
from scipy import stats

from twin.prediction.model_error import offsets
from twin.records.band import Band

WORLDS = 4000
BAND = Band(0.9, (60.0, 240.0, float("inf")), {"A": (1.0, 2.0, 3.0), "B": (0.5, 0.5, 0.5)})
NORMAL = stats.norm.ppf(0.95)


def drawn(outputs, tags, band=BAND, followed=True):
    found = offsets(outputs, tags, band, sample_s=60.0, followed=followed, seed=1)
    moved = np.zeros_like(outputs)
    found.add(moved)
    return moved


def test_what_the_posterior_leaves_of_the_band_is_drawn_and_grows_with_the_lead():
    outputs = np.zeros((4, 2, WORLDS))
    outputs[:, 0] = 0.3 * np.random.default_rng(0).normal(size=WORLDS)
    found = drawn(outputs, ("A", "B"))
    # Half widths over the normal quantile are the total deviations, 1 after 60 s and 2 after 240 s; variances subtract.
    for row, half in ((0, 1.0), (3, 2.0)):
        assert found[row, 0].std() == pytest.approx(np.sqrt((half / NORMAL) ** 2 - outputs[0, 0].var()), rel=0.04)
    assert found[3, 1].std() == pytest.approx(0.5 / NORMAL, rel=0.04)
    np.testing.assert_allclose(np.corrcoef(found[0, 0], found[3, 0])[0, 1], 1.0)


def test_worlds_that_follow_no_log_begin_with_the_free_runs_error():
    # Its width is told at the last measured lead, 240 s; it grows as the forecasts' does, twice over from 60 s on.
    found = drawn(np.zeros((4, 2, WORLDS)), ("A", "B"), followed=False)
    assert found[0, 0].std() == pytest.approx(1.5 / NORMAL, rel=0.04)
    assert found[3, 0].std() == pytest.approx(3.0 / NORMAL, rel=0.04)
    assert found[0, 1].std() == pytest.approx(0.5 / NORMAL, rel=0.04)


def test_a_posterior_wider_than_the_band_leaves_nothing():
    outputs = 100.0 * np.random.default_rng(0).normal(size=(1, 1, 50))
    assert (drawn(outputs, ("A",)) == 0.0).all()


def test_tags_are_independent_and_unknown_ones_have_none():
    found = drawn(np.zeros((1, 3, WORLDS)), ("A", "B", "C"))
    assert abs(np.corrcoef(found[0, :2])[0, 1]) < 4 / np.sqrt(WORLDS)
    assert (found[:, 2] == 0.0).all()
    assert (drawn(np.zeros((1, 1, 4)), ("A",), band=None) == 0.0).all()
