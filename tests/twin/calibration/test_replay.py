import numpy as np

from tests.twin import warm_block
from twin.calibration.replay import replay, worlds
from twin.records.model import Calibration, Residual

NAMES = ("block.heat_capacity_j_per_k", "wall.conductance_w_per_k")
TRUE = (warm_block.CAPACITY_J_PER_K, warm_block.CONDUCTANCE_W_PER_K)


def calibration(values=TRUE):
    return Calibration(NAMES, np.array(values), np.ones(2), np.eye(2), {"TT-1": 0.1}, {}, (), 1, (0, 1))


def test_physics_alone_follows_the_closed_form_from_its_own_start():
    ready = warm_block.ready(start_k=310.0, noise_k=0.0)
    found = replay(ready, calibration(), None)
    np.testing.assert_allclose(found.central[:, 0], ready.window.measured[:, 0], atol=0.03)
    assert found.members.shape == (300, 1, 1)


def test_members_use_their_own_numbers_and_the_central_one_is_their_median():
    ready = warm_block.ready(samples=60, noise_k=0.0)
    residual = Residual((), np.zeros((3, 0)), NAMES[1:], np.array([[10.0], [10.0], [14.0]]))
    parameters, _starts = worlds(ready, calibration(), residual)
    assert parameters[ready.model.parameter_names.index(NAMES[1])].tolist() == [10.0, 10.0, 14.0]
    found = replay(ready, calibration(), residual)
    np.testing.assert_allclose(found.central, found.members[:, :, 0])
    assert np.abs(found.members[:, 0, 2] - found.central[:, 0]).max() > 1.0


def test_names_that_the_plant_does_not_know_are_passed_over():
    ready = warm_block.ready(samples=20)
    other = Residual(("old/asset.w1_0_0",), np.ones((1, 1)), ("gone.mass_kg",), np.ones((1, 1)))
    parameters, _starts = worlds(ready, calibration(), other)
    assert parameters.shape[1] == 1
