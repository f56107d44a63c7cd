import numpy as np

from residual_models.ensemble import cross_fit
from residual_models.train import Plan
from tests.twin import warm_block
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


def test_band_comes_from_errors_that_no_predicting_member_had_seen():
    measured = np.zeros((19, 1))
    unseen = np.arange(1.0, 20.0)[:, None]
    assert versions.band_of(unseen, measured, ("TT-1",)).half_width == {"TT-1": (18.0,)}
