import numpy as np
import pytest
from scipy import stats

from twin.prediction.model_error import offsets
from twin.records.model import Band

WORLDS = 4000
BAND = Band(0.9, (60.0, float("inf")), {"A": (1.0, 3.0), "B": (0.5, 0.5)})


def test_what_the_posterior_leaves_of_the_band_is_drawn():
    outputs = np.zeros((5, 2, WORLDS))
    outputs[:, 0] = np.random.default_rng(0).normal(size=WORLDS)
    found = offsets(outputs, ("A", "B"), BAND, seed=1)
    normal = stats.norm.ppf(0.95)
    # The last horizon's half width over the normal quantile is the total deviation; variances subtract.
    assert found[0].std() == pytest.approx(np.sqrt((3.0 / normal) ** 2 - outputs[0, 0].var()), rel=0.04)
    assert found[1].std() == pytest.approx(0.5 / normal, rel=0.04)


def test_a_posterior_wider_than_the_band_leaves_nothing():
    outputs = 100.0 * np.random.default_rng(0).normal(size=(1, 1, 50))
    assert (offsets(outputs, ("A",), BAND, seed=1) == 0.0).all()


def test_tags_are_independent_and_unknown_ones_have_none():
    found = offsets(np.zeros((1, 3, WORLDS)), ("A", "B", "C"), BAND, seed=1)
    assert abs(np.corrcoef(found[:2])[0, 1]) < 4 / np.sqrt(WORLDS)
    assert (found[2] == 0.0).all()
    assert (offsets(np.zeros((1, 1, 4)), ("A",), None, seed=1) == 0.0).all()
