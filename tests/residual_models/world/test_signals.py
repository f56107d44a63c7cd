"""Scales are those of the worlds, and units drop out."""

import numpy as np
import pytest

from residual_models.world.signals import scale_of, standardised


def test_units_drop_out():
    rng = np.random.default_rng(0)
    truth, inputs = rng.normal(size=(20, 30, 2)), rng.normal(size=(20, 30, 1))
    metres = standardised(scale_of(truth, inputs), truth, truth, inputs)
    factor = np.array([1000.0, 1e-6])
    other = standardised(scale_of(truth * factor, inputs), truth * factor, truth * factor, inputs)
    np.testing.assert_allclose(metres.truth.numpy(), other.truth.numpy(), atol=1e-5)
    assert float(metres.truth.mean()) == pytest.approx(0.0, abs=1e-6)
    assert float(metres.truth[..., 0].std()) == pytest.approx(1.0, abs=1e-2)


def test_what_never_moves_keeps_a_scale():
    truth = np.full((3, 4, 1), 7.0)
    scale = scale_of(truth, truth)
    assert scale.tags(truth).max() == 0.0
    np.testing.assert_array_equal(scale.back(scale.tags(truth)), truth)
