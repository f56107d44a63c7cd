"""Adam on problems with a known answer; a killed descent goes on to the same bits."""

import numpy as np
import pytest

from residual_models import train
from residual_models.dataset import Numbers
from residual_models.descent import KEEP_EVERY, Options, descend
from residual_models.networks.tanh_layer import first_weights
from tests.residual_models.test_slopes import tanks

NUMBERS = Numbers(("a", "b"), np.array([0.0, 1.0]), np.array([1.0, 10.0]), np.array([-9.0, 0.0]), np.array([9.0, 3.0]))
GOAL = np.array([[0.5], [2.0]])


def bowl(values):
    gap = values - GOAL
    return (gap**2).sum(axis=0), 2 * gap * NUMBERS.sd[:, None]


def test_a_bowl_is_followed_to_its_bottom():
    start = np.array([[-0.5, 1.0], [1.0, 2.5]])
    found = descend(bowl, NUMBERS, start, options=Options(steps=400))
    np.testing.assert_allclose(found.values, np.repeat(GOAL, 2, axis=1), atol=1e-3)
    np.testing.assert_allclose(found.cost, 0.0, atol=1e-6)


def test_bounds_hold():
    found = descend(lambda v: (-v.sum(axis=0), -np.ones_like(v)), NUMBERS, np.zeros((2, 1)), options=Options(400, 0.2))
    np.testing.assert_allclose(found.values[:, 0], [9.0, 3.0])


def test_a_member_that_fails_goes_back_and_on_more_slowly():
    def cliff(values):
        cost, slope = bowl(values)
        return np.where(values[0] > 0.45, np.nan, cost), np.where(values[0] > 0.45, np.nan, slope)

    found = descend(cliff, NUMBERS, np.array([[-0.5], [1.0]]), options=Options(steps=400, rate=0.1))
    assert np.isfinite(found.cost).all()
    assert 0.3 < found.values[0, 0] <= 0.45


def test_a_killed_descent_ends_in_the_bits_of_one_that_was_not(tmp_path):
    class Killed(Exception):
        pass

    def killed(step, _cost):
        if step == 3 * KEEP_EVERY + 7:
            raise Killed

    start = np.array([[-0.5, 1.0], [1.0, 2.5]])
    whole = descend(bowl, NUMBERS, start, options=Options(steps=150))
    noted, seen = Options(steps=150, folder=str(tmp_path)), []
    with pytest.raises(Killed):
        descend(bowl, NUMBERS, start, options=noted, progress=killed)
    again = descend(bowl, NUMBERS, start, options=noted, progress=lambda step, _cost: seen.append(step))
    assert seen[0] == 3 * KEEP_EVERY + 1
    np.testing.assert_array_equal(again.values, whole.values)
    other = descend(bowl, NUMBERS, start + 0.1, options=noted)
    np.testing.assert_array_equal(other.values, descend(bowl, NUMBERS, start + 0.1, options=Options(steps=150)).values)


def test_networks_of_two_layers_with_shared_weights_learn_what_physics_lacks():
    runs, weights = tanks()
    first = first_weights(weights, 2, seed=3)
    floor = np.full(2, 1e-3)
    before = np.concatenate(runs.simulate(first)) - np.concatenate([r.measured for r in runs.records])[:, :, None]
    fit = train.fit(runs, first, floor=floor, plan=train.Plan(rounds=(4, 8)))
    after = np.concatenate(fit.predicted) - np.concatenate([r.measured for r in runs.records])[:, :, None]
    assert np.sqrt((after**2).mean()) < 0.15 * np.sqrt((before**2).mean())
    again = train.fit(runs, first, floor=floor, plan=train.Plan(rounds=(4, 8)))
    np.testing.assert_array_equal(again.values, fit.values)
