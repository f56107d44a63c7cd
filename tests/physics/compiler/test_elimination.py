"""The straight-line text solves what NumPy solves."""

import numpy as np
import pytest

from physics.compiler.elimination import eliminate, name
from physics.compiler.ordering import elimination_order


def run(text, space):
    for line in text:
        exec(line.removeprefix("V ").rstrip(";"), space)


@pytest.mark.parametrize("seed", range(6))
def test_sparse_systems_are_solved(seed):
    rng = np.random.default_rng(seed)
    n = 9
    pattern = (rng.random((n, n)) < 0.3) | np.eye(n, k=1, dtype=bool) | np.eye(n, k=-8, dtype=bool)
    matrix = np.where(pattern, rng.normal(size=(n, n)), 0.0)
    order = elimination_order(matrix[None], pattern)
    written = eliminate({(int(i), int(j)) for i, j in np.argwhere(pattern)}, order)
    slots = np.full(written.slots, np.nan)
    run(written.factor, {name((i, j)): matrix[i, j] for i in range(n) for j in range(n)} | {"L": slots})
    right, solution = rng.normal(size=n), np.full(n, np.nan)
    run(written.solve, {"L": slots, "b": right, "x": solution})
    np.testing.assert_allclose(matrix @ solution, right, atol=1e-9 * np.abs(solution).max())
