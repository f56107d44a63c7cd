"""Text and tables solve what NumPy solves."""

import numpy as np
import pytest

from physics.compiler.elimination import eliminate, name, steps, tabulate
from physics.compiler.ordering import elimination_order
from tests.physics.compiler.matrices import samples


def run(text, space):
    for line in text:
        exec(line.removeprefix("V ").rstrip(";"), space)


def sparse(seed, n=9):
    """A random matrix, its entries and an order of elimination."""
    rng = np.random.default_rng(seed)
    pattern = (rng.random((n, n)) < 0.3) | np.eye(n, k=1, dtype=bool) | np.eye(n, k=-8, dtype=bool)
    matrix = np.where(pattern, rng.normal(size=(n, n)), 0.0)
    order = elimination_order(samples(matrix[None], pattern))
    return rng, matrix, {(int(i), int(j)) for i, j in np.argwhere(pattern)}, order


@pytest.mark.parametrize("seed", range(6))
def test_sparse_systems_are_solved(seed):
    rng, matrix, entries, order = sparse(seed)
    n = len(matrix)
    written = eliminate(entries, order)
    slots = np.full(written.slots, np.nan)
    run(written.factor, {name((i, j)): matrix[i, j] for i in range(n) for j in range(n)} | {"L": slots})
    right, solution = rng.normal(size=n), np.full(n, np.nan)
    run(written.solve, {"L": slots, "b": right, "x": solution})
    np.testing.assert_allclose(matrix @ solution, right, atol=1e-9 * np.abs(solution).max())
    run(written.transposed, {"L": slots, "b": right, "x": solution})
    np.testing.assert_allclose(matrix.T @ solution, right, atol=1e-9 * np.abs(solution).max())


def numbers(text):
    return iter([int(number) for number in text.partition("{")[2].rstrip("};").split(",")])


def follow_factor(table, slots, n):
    """What the loop over the factor table does."""
    for _ in range(n):
        pivot, below, right = next(table), next(table), next(table)
        row = [next(table) for _ in range(right)]
        slots[pivot] = 1 / slots[pivot]
        for _ in range(below):
            left = next(table)
            slots[left] *= slots[pivot]
            for slot in row:
                slots[next(table)] -= slots[left] * slots[slot]


def follow_solve(table, slots, right_side):
    """What the loops over the solve table do."""
    work, solution = right_side.copy(), np.full(len(right_side), np.nan)
    for _ in work:
        row, below = next(table), next(table)
        for _ in range(below):
            work[next(table)] -= slots[next(table)] * work[row]
    for _ in work:
        row, column, pivot, right = (next(table) for _ in range(4))
        terms = [slots[next(table)] * solution[next(table)] for _ in range(right)]
        solution[column] = (work[row] - sum(terms)) * slots[pivot]
    return solution


def follow_transposed(table, slots, right_side):
    """What the loops over the transposed table do."""
    work, solution = right_side.copy(), np.full(len(right_side), np.nan)
    for _ in work:
        row, column, pivot, right = (next(table) for _ in range(4))
        solution[row] = work[column] * slots[pivot]
        for _ in range(right):
            left = next(table)
            work[next(table)] -= slots[left] * solution[row]
    for _ in work:
        row, below = next(table), next(table)
        for _ in range(below):
            lower = next(table)
            solution[row] -= slots[next(table)] * solution[lower]
    return solution


@pytest.mark.parametrize("seed", range(6))
def test_tables_solve_sparse_systems(seed):
    rng, matrix, entries, order = sparse(seed)
    written = tabulate(entries, order)
    slots = np.zeros(written.slots)
    for entry in entries:
        slots[written.place[entry]] = matrix[entry]
    right = rng.normal(size=len(matrix))
    factor, solve = numbers(written.factor[0]), numbers(written.solve[0])
    follow_factor(factor, slots, len(matrix))
    solution = follow_solve(solve, slots, right)
    assert next(factor, None) is None
    assert next(solve, None) is None
    np.testing.assert_allclose(matrix @ solution, right, atol=1e-9 * np.abs(solution).max())
    transposed = numbers(written.transposed[0])
    solution = follow_transposed(transposed, slots, right)
    assert next(transposed, None) is None
    np.testing.assert_allclose(matrix.T @ solution, right, atol=1e-9 * np.abs(solution).max())


def test_an_arrow_fills_in_only_where_its_head_goes_first():
    entries = {(0, k) for k in range(4)} | {(k, 0) for k in range(4)} | {(k, k) for k in range(4)}
    tip_first = steps(entries, [(3, 3), (2, 2), (1, 1), (0, 0)])
    assert [(step.below, step.right) for step in tip_first] == [((0,), (0,))] * 3 + [((), ())]
    head_first = steps(entries, [(k, k) for k in range(4)])
    assert [len(step.below) for step in head_first] == [3, 2, 1, 0]
