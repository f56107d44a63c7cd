"""Closed forms: a linear fit with a prior, a curve with known parameters, bounds, outliers."""

import numpy as np
import pytest

from residual_models.levenberg import Options, Problem, minimise

INF = np.inf


def linear(design, target, precision=None, mean=None, sd=None, members=1, **bounds):
    rows, count = design.shape
    precision = np.ones((rows, members)) if precision is None else precision
    return Problem(
        predict=lambda theta: design @ theta,
        linearise=lambda theta: (design @ theta, np.repeat(design[:, :, None], theta.shape[1], axis=2)),
        target=target,
        precision=precision,
        share=bounds.get("share", np.ones(rows)),
        mean=np.zeros(count) if mean is None else mean,
        sd=np.full(count, 1e6) if sd is None else sd,
        low=bounds.get("low", np.full(count, -INF)),
        high=bounds.get("high", np.full(count, INF)),
    )


def test_linear_problem_gives_the_ridge_closed_form_and_its_covariance():
    rng = np.random.default_rng(1)
    design, target = rng.normal(size=(40, 3)), rng.normal(size=40)
    mean, sd = np.array([0.5, -1.0, 0.0]), np.array([0.3, 2.0, 1.0])
    solution = minimise(linear(design, target, mean=mean, sd=sd), np.zeros((3, 1)), options=Options(turn=INF))
    information = design.T @ design + np.diag(sd**-2.0)
    expected = np.linalg.solve(information, design.T @ target + mean / sd**2)
    np.testing.assert_allclose(solution.values[:, 0], expected, rtol=1e-5)
    np.testing.assert_allclose(solution.covariance[0], np.linalg.inv(information), rtol=1e-6)


def test_members_are_solved_as_if_alone():
    rng = np.random.default_rng(2)
    design, target = rng.normal(size=(30, 2)), rng.normal(size=30)
    precision = np.ones((30, 2))
    precision[:15, 1] = 0.0
    both = minimise(linear(design, target, precision), np.zeros((2, 2)), options=Options(turn=INF))
    for member, rows in ((0, slice(None)), (1, slice(15, None))):
        expected = np.linalg.lstsq(design[rows], target[rows], rcond=None)[0]
        np.testing.assert_allclose(both.values[:, member], expected, rtol=1e-5)


def test_decay_constant_is_recovered_from_a_bad_start():
    t = np.linspace(0, 5, 60)

    def predict(theta):
        return theta[0] * np.exp(-t[:, None] / theta[1])

    def linearise(theta):
        fall = np.exp(-t[:, None] / theta[1])
        return theta[0] * fall, np.stack([fall, theta[0] * fall * t[:, None] / theta[1] ** 2], axis=1)

    problem = Problem(
        predict, linearise, 3.0 * np.exp(-t / 1.7), np.full((60, 3), 100.0), np.ones(60), np.array([1.0, 1.0]),
        np.array([10.0, 10.0]), np.array([0.0, 0.05]), np.array([50.0, 50.0]),
    )  # fmt: skip
    start = np.array([[1.0, 20.0, 0.1], [0.1, 20.0, 5.0]])
    solution = minimise(problem, start, options=Options(iterations=60, tolerance=1e-10))
    np.testing.assert_allclose(solution.values, np.array([[3.0], [1.7]]) * np.ones(3), rtol=1e-3)


def test_a_bound_holds_and_the_rest_is_optimal_given_it():
    design, target = np.array([[1.0, 1.0], [1.0, -1.0], [2.0, 0.5]]), np.array([3.0, 1.0, 4.0])
    problem = linear(design, target, low=np.array([-INF, -INF]), high=np.array([1.0, INF]))
    solution = minimise(problem, np.zeros((2, 1)), options=Options(turn=INF, iterations=60, tolerance=1e-12))
    rest = target - design[:, 0]
    assert solution.values[0, 0] == pytest.approx(1.0)
    assert solution.values[1, 0] == pytest.approx(design[:, 1] @ rest / (design[:, 1] @ design[:, 1]), rel=1e-4)


def test_outliers_move_a_robust_mean_by_no_more_than_the_median_would():
    target = np.r_[np.linspace(-1, 1, 41), 1000.0, 1000.0]
    problem = linear(np.ones((43, 1)), target)
    plain = minimise(problem, np.zeros((1, 1)), options=Options(turn=INF))
    robust = minimise(problem, np.zeros((1, 1)), options=Options(turn=0.5, iterations=100, tolerance=1e-9))
    assert plain.values[0, 0] == pytest.approx(target.mean(), rel=1e-5)
    assert abs(robust.values[0, 0]) < 0.15


def test_a_failed_world_is_never_taken():
    def predict(theta):
        return np.where(theta > 2.0, np.nan, theta) * np.ones((4, 1))

    problem = Problem(
        predict, lambda theta: (predict(theta), np.ones((4, 1, theta.shape[1]))), np.full(4, 5.0), np.ones((4, 1)),
        np.ones(4), np.zeros(1), np.full(1, 1e3), np.full(1, -INF), np.full(1, INF),
    )  # fmt: skip
    solution = minimise(problem, np.zeros((1, 1)))
    assert 0.0 < solution.values[0, 0] <= 2.0
    assert np.isfinite(solution.cost).all()
