"""Near is what the text says: two percent of a span or three sds of noise."""

import numpy as np
import pytest

from residual_models.world import score
from tests.residual_models.world.lagging import trained, worlds


def test_a_trained_model_beats_both_baselines_where_the_plant_moves():
    surrogate, learned, driven = trained()
    readings, truth, inputs = worlds(64, seed=8)
    found = score.score(surrogate, readings, truth, inputs, np.full(2, 0.01), (learned, driven))
    assert found.share("latent") > found.share("persistence")
    assert found.rms["latent"].shape == (34,)
    # the plant is linear, so that ARX is as good as readings with noise allow
    assert found.rms["ARX"].mean() < 0.05


def test_persistence_is_near_exactly_as_often_as_the_closed_form_says():
    surrogate, learned, driven = trained(steps=20)
    readings, truth, inputs = worlds(64, seed=8, noise=0.0)
    found = score.score(surrogate, readings, truth, inputs, np.full(2, 0.05), (learned, driven))
    allowed = np.maximum(0.02 * surrogate.scale.span, 0.15)
    expected = (abs(truth[:, 6:] - truth[:, 5:6]) <= allowed).mean()
    assert found.share("persistence") == pytest.approx(expected)
