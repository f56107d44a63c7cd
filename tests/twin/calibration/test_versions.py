from dataclasses import replace

import numpy as np

from residual_models.ensemble import Apart, Ensemble, cross_fit
from residual_models.train import Plan
from tests.twin import warm_block
from tests.twin.calibration.test_replay import calibration
from twin.calibration import versions


def test_a_residual_carries_the_box_of_what_training_saw():
    ready = warm_block.ready(samples=80, noise_k=0.0)
    best = np.array([warm_block.CAPACITY_J_PER_K, warm_block.CONDUCTANCE_W_PER_K])
    found = cross_fit(ready.runs, best, weights=ready.weights, members=2, plan=Plan(rounds=(2,)))
    residual = versions.residual_of(ready, found)
    assert residual.parameter_names == ready.runs.numbers.names
    assert residual.weights.shape == (2, len(residual.names))
    low, high = (
        residual.weights[0, residual.names.index(f"wall/extra_conductance_ratio.{end}_0")] for end in ("low", "high")
    )
    # After two iterations a member is off by at most 12 K here, 0.6 of the feature's unit.
    warm_k = ready.window.measured[:, 0] - warm_block.ROOM_K
    np.testing.assert_allclose([low, high], np.array([warm_k.min(), warm_k.max()]) / 20.0, atol=0.6)


def test_a_member_kept_apart_is_a_model_of_its_own():
    ready = warm_block.ready(samples=80, noise_k=0.0)
    best = np.array([warm_block.CAPACITY_J_PER_K, warm_block.CONDUCTANCE_W_PER_K])
    found = cross_fit(ready.runs, best, weights=ready.weights, members=2, plan=Plan(rounds=(2,)))
    apart = versions.apart_of(ready, found)
    np.testing.assert_array_equal(apart.spans[:, :2], [[0, 40], [40, 80]])
    residual = versions.residual_of(ready, found)
    learned = versions.Learned(calibration(best), residual, {}, {"hybrid": apart, "physics": apart})
    alone = learned.without("hybrid", 1)
    np.testing.assert_array_equal(alone.calibration.values, apart.values[:2, 1])
    np.testing.assert_array_equal(alone.residual.parameters, apart.values[None, :2, 1])
    weights, count = alone.residual.weights[0], len(ready.weights)
    np.testing.assert_array_equal(weights[:count], apart.values[2:, 1])
    np.testing.assert_array_equal(weights[count:], residual.weights[1, count:])
    assert learned.without("physics", 0).residual is None


def test_stretches_of_several_records_are_told_on_the_windows_grid():
    ready = replace(warm_block.ready(samples=80), rows=((5, 25), (40, 70)))
    found = replace(_some(), apart=Apart(np.zeros((1, 3)), np.array([[0, 20, 25], [20, 50, 50], [0, 0, 0]])))
    np.testing.assert_array_equal(versions.apart_of(ready, found).spans, [[5, 25, 45], [40, 70, 70], [0, 0, 0]])
    assert versions.apart_of(ready, _some()) is None


def _some():
    """An ensemble that left nothing out."""
    return Ensemble(None, None, (), ())


def test_band_comes_from_errors_that_no_predicting_member_had_seen():
    measured = np.zeros((19, 1))
    unseen = np.arange(1.0, 20.0)[:, None]
    assert versions.band_of(unseen, measured, ("TT-1",)).half_width == {"TT-1": (18.0,)}
