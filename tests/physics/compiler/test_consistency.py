"""Algebraic unknowns after jumps of the input: roots from afar, folds, and equations without a solution."""

import numpy as np
import pytest

from physics.network.plant import Part, Plant
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Status, rollout
from tests.physics.parts import TYPES


@pytest.mark.parametrize("start", [1e-3, 1.0, 5e3])
def test_newton_finds_the_root_from_afar(start):
    model = compile_plant(Plant((Part("q", "equation", {}, {"root_ratio": start}),)), ["q.root_ratio"], types=TYPES)
    squares = np.array([[4.0], [9.0], [9.0], [1e-4], [1e4]])
    run = rollout(model, inputs=squares, sample_s=1.0)
    np.testing.assert_allclose(run.outputs[:, 0, 0], np.sqrt(squares[:, 0]), rtol=1e-7)  # 1e-3 of rtol


def test_a_jump_past_a_fold_lands_on_the_branch_that_is_left():
    model = compile_plant(Plant((Part("d", "tunnel_diode", {}, {"plus.voltage_v": -1.9}),)), ["d.plus.voltage_v"],
                          types=TYPES)  # fmt: skip
    run = rollout(model, inputs=np.array([[0.0], [2.5]]), sample_s=1.0)
    only = np.roots([1, 0, -3, -2.5])
    np.testing.assert_allclose(run.outputs[1, 0, 0], only[np.isreal(only)].real[0], rtol=1e-8)


def test_a_world_whose_equations_have_no_solution_stops_there_alone():
    model = compile_plant(Plant((Part("q", "equation"),)), ["q.root_ratio"], types=TYPES)
    squares = np.array([[[4.0, 4.0]], [[-1.0, 9.0]], [[4.0, 16.0]]])
    run = rollout(model, inputs=squares, sample_s=1.0)
    assert run.status.tolist() == [Status.NO_START, Status.OK]
    assert run.failed_at_s[0] == 1.0
    assert np.isnan(run.outputs[1:, 0, 0]).all()
    np.testing.assert_allclose(run.outputs[:, 0, 1], [2.0, 3.0, 4.0])
