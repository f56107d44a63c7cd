"""Pivots that stay stable and leave little to fill in."""

import numpy as np
import pytest

from physics.compiler.ordering import NoStablePivot, elimination_order, smallest_pivots
from tests.physics.compiler.matrices import samples


def test_zero_diagonals_are_passed_by():
    matrix = np.array([[[0.0, 1.0], [1.0, 1e-9]]])
    assert set(elimination_order(samples(matrix, matrix[0] != 0))) == {(0, 1), (1, 0)}


def test_an_arrow_is_eliminated_from_its_tip():
    n = 8
    matrix = np.eye(n) * 4
    matrix[0] = matrix[:, 0] = 1.0
    matrix[0, 0] = 4.0
    order = elimination_order(samples(matrix[None], matrix != 0))
    # eliminating the head first would fill the whole matrix; last, it fills nothing
    assert (0, 0) in order[-2:]


def test_a_pivot_must_be_stable_at_every_sample():
    good, bad = np.array([[1.0, 2.0], [3.0, 1.0]]), np.array([[1e-12, 2.0], [3.0, 1.0]])
    order = elimination_order(samples([good, bad]))
    assert order[0] != (0, 0)


def test_singular_matrices_are_told():
    with pytest.raises(NoStablePivot):
        elimination_order(samples([[[1.0, 0.0], [1.0, 0.0]]], [[True, False], [True, False]]))


def test_nothing_finite_leaves_no_order():
    with pytest.raises(NoStablePivot):
        elimination_order(samples(np.zeros((0, 2, 2))))


def test_the_smallest_pivots_of_a_given_order_equal_hand_calculation():
    # rows over their largest: [0.5, 1], [1, 0.25]; after the first pivot 0.25 - 1 / 0.5 is alone in its row
    matrices = [[[1.0, 2.0], [4.0, 1.0]], [[0.0, 2.0], [4.0, 1.0]]]
    np.testing.assert_array_equal(smallest_pivots(samples(matrices), [(0, 0), (1, 1)]), [0.5, 0.0])
    np.testing.assert_array_equal(smallest_pivots(samples(matrices), [(0, 1), (1, 0)]), [1.0, 1.0])


@pytest.mark.parametrize("seed", range(5))
def test_sparse_elimination_leaves_what_dense_elimination_leaves(seed):
    rng, n = np.random.default_rng(seed), 12
    pattern = (rng.random((n, n)) < 0.25) | np.eye(n, dtype=bool)
    matrix = np.where(pattern, rng.normal(size=(n, n)), 0.0) + 3 * np.eye(n)
    made = samples(matrix[None], pattern)
    order, left, least = elimination_order(made), matrix / np.abs(matrix).max(axis=1, keepdims=True), np.inf
    for i, j in order:
        least = min(least, abs(left[i, j]) / np.abs(left[i]).max())
        below = [row for row in range(n) if row != i]
        left[below] -= np.outer(left[below, j] / left[i, j], left[i])
        left[i] = left[:, j] = 0.0
    assert sorted(i for i, _ in order) == sorted(j for _, j in order) == list(range(n))
    assert smallest_pivots(made, order)[0] == pytest.approx(least, rel=1e-9)
