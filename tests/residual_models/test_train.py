import numpy as np
import pytest

from residual_models.ensemble import cross_fit, left_out
from residual_models.train import Plan, fit
from tests.residual_models import driven_axis
from tests.twin import warm_block

SHORT = Plan(rounds=(4, 6, 8))


def test_true_parameters_are_recovered_with_an_honest_spread():
    ready = warm_block.ready()
    first = ready.runs.numbers.mean[:, None] * np.array([[1.0, 0.6], [1.0, 1.8]])
    found = fit(ready.runs, first, own_starts=ready.own, floor=ready.floor, plan=SHORT)
    assert found.values[0] == pytest.approx(warm_block.CAPACITY_J_PER_K, rel=0.01)
    assert found.values[1] == pytest.approx(warm_block.CONDUCTANCE_W_PER_K, rel=0.01)
    spread = np.sqrt(np.diag(found.covariance[0]))
    wrong = found.values[:, 0] - [warm_block.CAPACITY_J_PER_K, warm_block.CONDUCTANCE_W_PER_K]
    assert (np.abs(wrong) < 4 * spread).all()
    assert found.sigma[0] == pytest.approx(0.05, rel=0.3)


def test_a_fit_ends_where_a_plain_refit_by_another_solver_ends():
    """The error is a drift that no number explains, so both must find the same compromise, not the true numbers.

    Within 2 %: our loss is square only up to three expected errors, and weak priors take part.
    """
    force_n, position_m = driven_axis.log()
    expected, rmse = driven_axis.refit(force_n, position_m)
    runs = driven_axis.runs(force_n, position_m)
    found = fit(runs, driven_axis.PRIOR[:, None])
    np.testing.assert_allclose(found.values[:, 0], expected, rtol=0.02)
    error = found.predicted[0][:, 0, 0] - position_m
    assert np.sqrt(np.mean(error**2)) == pytest.approx(rmse, rel=0.02)
    assert np.abs(expected / driven_axis.TRUE - 1).max() > 0.02


def test_what_a_member_must_not_see_does_not_move_it():
    ready = warm_block.ready(samples=120)
    hidden = left_out([120], 3)[:, None] == np.array([[0, 2]])
    first = np.repeat(ready.runs.numbers.mean[:, None], 2, axis=1)
    before = fit(ready.runs, first, held_out=hidden, plan=Plan(rounds=(6,)))
    ready.runs.records[0].measured[hidden[:, 1]] += 50.0
    after = fit(ready.runs, first, held_out=hidden, plan=Plan(rounds=(6,)))
    np.testing.assert_allclose(after.values[:, 1], before.values[:, 1], rtol=0.05)
    assert abs(after.values[1, 0] / before.values[1, 0] - 1) > 0.1


def test_a_residual_learns_the_loss_that_the_law_misses():
    ready = warm_block.ready(samples=240, extra=0.5)
    best = np.array([warm_block.CAPACITY_J_PER_K, warm_block.CONDUCTANCE_W_PER_K])
    options = {"members": 3, "own_starts": ready.own, "floor": ready.floor, "plan": SHORT}
    physics = cross_fit(ready.runs, best, **options)
    hybrid = cross_fit(ready.runs, best, weights=ready.weights, **options)
    truth = ready.window.measured[:, 0]
    wrong = [np.sqrt(np.mean((found.unseen[0][:, 0] - truth) ** 2)) for found in (physics, hybrid)]
    assert wrong[1] < 0.5 * wrong[0]
