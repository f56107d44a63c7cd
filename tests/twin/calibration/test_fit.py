import numpy as np
import pytest

from residual_models.train import Plan
from tests.twin import warm_block
from twin.calibration.fit import calibrate, first_guesses, trading


def test_calibration_finds_the_block_from_many_starts():
    found = calibrate(warm_block.ready(), revision=3, starts=4, plan=Plan(rounds=(4, 6, 8)))
    values = found.calibration.as_dict()
    assert values["block.heat_capacity_j_per_k"] == pytest.approx(warm_block.CAPACITY_J_PER_K, rel=0.01)
    assert values["wall.conductance_w_per_k"] == pytest.approx(warm_block.CONDUCTANCE_W_PER_K, rel=0.01)
    assert found.calibration.scene_revision == 3
    assert found.calibration.rmse["TT-1"] == pytest.approx(0.05, rel=0.2)
    np.testing.assert_allclose(np.diag(found.calibration.correlation), 1.0)


def test_guesses_begin_at_the_mean_and_stay_inside_the_bounds():
    numbers = warm_block.ready(samples=20).runs.numbers
    guesses = first_guesses(numbers, 50, seed=1)
    np.testing.assert_array_equal(guesses[:, 0], numbers.mean)
    assert (guesses >= numbers.low[:, None]).all()
    np.testing.assert_array_equal(guesses, first_guesses(numbers, 50, seed=1))


def test_numbers_that_move_the_outputs_alike_are_named():
    correlation = np.array([[1.0, -0.99, 0.1], [-0.99, 1.0, 0.2], [0.1, 0.2, 1.0]])
    assert trading(("a", "b", "c"), correlation) == (("a", "b"),)
