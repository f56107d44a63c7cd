import numpy as np
import pytest

from tests.twin.spindle import BEARING, opened, worlds_of
from twin.prediction.worlds import draw, from_priors, without_residual
from twin.records.model import Calibration, Residual


@pytest.fixture(scope="module")
def spindle():
    return opened()


def calibration(names, values, spread, correlation=None):
    count = len(names)
    return Calibration(
        tuple(names), np.array(values), np.array(spread), np.eye(count) if correlation is None else correlation,
        {}, {}, (), 1, (0, 0),
    )  # fmt: skip


def test_draws_have_the_posteriors_moments_and_correlation(spindle):
    assembly, model = spindle
    names = [f"{BEARING}.cooling_w_per_k", f"{BEARING}.heat_capacity_j_per_k"]
    posterior = calibration(names, [0.5, 800.0], [0.01, 20.0], np.array([[1.0, -0.8], [-0.8, 1.0]]))
    worlds = draw(model, posterior, None, free=(), worlds=4000, seed=3)
    drawn = worlds.parameters[[model.parameter_names.index(name) for name in names]]
    # Standard errors of 4,000 draws: 1.6 % of a deviation for the mean, 1.1 % for the deviation.
    np.testing.assert_allclose((drawn.mean(axis=1) - [0.5, 800.0]) / [0.01, 20.0], 0.0, atol=0.05)
    np.testing.assert_allclose(drawn.std(axis=1), [0.01, 20.0], rtol=0.05)
    assert np.corrcoef(drawn)[0, 1] == pytest.approx(-0.8, abs=0.03)


def test_more_worlds_move_no_world(spindle):
    few, many = worlds_of(*spindle, 3), worlds_of(*spindle, 9)
    np.testing.assert_array_equal(many.parameters[:, :3], few.parameters)
    np.testing.assert_array_equal(many.start[:, :3], few.start)


def test_a_new_name_moves_no_other(spindle):
    assembly, model = spindle
    names = [f"{BEARING}.cooling_w_per_k", f"{BEARING}.heat_capacity_j_per_k"]
    one = draw(model, calibration(names[:1], [0.5], [0.01]), None, free=(), worlds=5, seed=0)
    two = draw(model, calibration(names, [0.5, 800.0], [0.01, 20.0]), None, free=(), worlds=5, seed=0)
    row = model.parameter_names.index(names[0])
    np.testing.assert_array_equal(one.parameters[row], two.parameters[row])


def test_draws_stay_in_the_declared_range(spindle):
    assembly, model = spindle
    name = f"{BEARING}.wear_per_j"
    worlds = draw(model, calibration([name], [1e-9], [1e-8]), None, free=assembly.free, worlds=200, seed=0)
    assert worlds.parameters[model.parameter_names.index(name)].min() == 0.0


def test_a_start_state_is_drawn_and_an_unknown_name_ignored(spindle):
    assembly, model = spindle
    worlds = draw(
        model, calibration([f"{BEARING}.wear_ratio@start", "gone.x"], [0.4, 1.0], [0.0, 0.0]), None,
        free=(), worlds=2, seed=0,
    )  # fmt: skip
    np.testing.assert_allclose(worlds.start[model.state_names.index(f"{BEARING}.wear_ratio")], 0.4)


def test_each_world_draws_one_member_with_its_own_parameters(spindle):
    assembly, model = spindle
    name, weight = f"{BEARING}.cooling_w_per_k", f"{BEARING}.heat_capacity_j_per_k"
    members = Residual((weight,), np.array([[1.0], [2.0]]), (name,), np.array([[10.0], [20.0]]))
    worlds = draw(model, calibration([name], [0.5], [0.0]), members, free=(), worlds=400, seed=1)
    own = worlds.parameters[model.parameter_names.index(weight)]
    np.testing.assert_allclose(worlds.parameters[model.parameter_names.index(name)], 10.0 * own)
    # Two equally likely members: four binomial deviations of 400 draws.
    assert abs((own == 1.0).mean() - 0.5) < 4 * 0.5 / 20
    plain = without_residual(worlds, members)
    assert (plain.parameters[model.parameter_names.index(weight)] == 800.0).all()
    assert without_residual(worlds, None) is worlds


def test_priors_are_the_scenes(spindle):
    priors = from_priors(spindle[0], scene_revision=7)
    assert priors.names == (f"{BEARING}.wear_per_j",)
    assert priors.scene_revision == 7


def test_only_some_worlds_keep_their_numbers_in_the_order_asked_for(spindle):
    assembly, model = spindle
    worlds = worlds_of(assembly, model, 5)
    picked = worlds.only(np.array([3, 0, 3]))
    for name in ("parameters", "start", "draws"):
        np.testing.assert_array_equal(getattr(picked, name), np.take(getattr(worlds, name), [3, 0, 3], axis=1))
    assert (picked.count, picked.names, picked.seed) == (3, worlds.names, worlds.seed)
    assert worlds.only(slice(2)).count == 2
