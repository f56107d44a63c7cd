"""Pivots that stay stable and leave little to fill in."""

import numpy as np
import pytest

from physics.compiler.ordering import NoStablePivot, elimination_order, smallest_pivots


def test_zero_diagonals_are_passed_by():
    matrix = np.array([[[0.0, 1.0], [1.0, 1e-9]]])
    assert set(elimination_order(matrix, matrix[0] != 0)) == {(0, 1), (1, 0)}


def test_an_arrow_is_eliminated_from_its_tip():
    n = 8
    matrix = np.eye(n) * 4
    matrix[0] = matrix[:, 0] = 1.0
    matrix[0, 0] = 4.0
    order = elimination_order(matrix[None], matrix != 0)
    # eliminating the head first would fill the whole matrix; last, it fills nothing
    assert (0, 0) in order[-2:]


def test_a_pivot_must_be_stable_at_every_sample():
    good, bad = np.array([[1.0, 2.0], [3.0, 1.0]]), np.array([[1e-12, 2.0], [3.0, 1.0]])
    order = elimination_order(np.array([good, bad]), np.ones((2, 2), bool))
    assert order[0] != (0, 0)


def test_singular_matrices_are_told():
    with pytest.raises(NoStablePivot):
        elimination_order(np.array([[[1.0, 0.0], [1.0, 0.0]]]), np.array([[True, False], [True, False]]))


def test_the_smallest_pivot_of_a_given_order_equals_hand_calculation():
    # rows over their largest: [0.5, 1], [1, 0.25]; after the first pivot 0.25 - 1 / 0.5 is alone in its row
    matrices = np.array([[[1.0, 2.0], [4.0, 1.0]]])
    assert smallest_pivots(matrices, [(0, 0), (1, 1)]) == 0.5
    assert smallest_pivots(matrices, [(0, 1), (1, 0)]) == 1.0
    assert smallest_pivots(np.array([[[0.0, 2.0], [4.0, 1.0]]]), [(0, 0), (1, 1)]) == 0.0
    assert smallest_pivots(np.zeros((0, 2, 2)), [(0, 0), (1, 1)]) == 0.0
