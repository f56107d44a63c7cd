"""The loop of fixed steps is one problem for all: numba, laned or not, and plain Python step as we do."""

import numpy as np
import pytest

from tests.benchmarks.simulate.island import PLAIN, function
from tests.benchmarks.simulate.laned import numba_run
from tests.benchmarks.simulate.loop import STEP_S, STEPS, loop, ours_run
from tests.benchmarks.simulate.peak import counted


@pytest.fixture(scope="module")
def problem():
    return loop(3)


def test_our_steps_are_those_of_the_classical_method_on_the_handed_out_equations(problem):
    rates = function(problem, PLAIN)
    p, u, z = problem.parameters[:, 1].tolist(), problem.inputs[0, :, 1].tolist(), problem.start

    def slope(y):
        return np.array(rates(y.tolist(), p, u))

    for _ in range(STEPS):
        a = slope(z)
        b = slope(z + STEP_S / 2 * a)
        c = slope(z + STEP_S / 2 * b)
        d = slope(z + STEP_S * c)
        z = z + STEP_S / 6 * (a + 2 * b + 2 * c + d)
    # rounding alone: 500 steps of some 1e-16 each
    np.testing.assert_allclose(ours_run(problem, "float64")()[:, 1], z, rtol=1e-11)


@pytest.mark.parametrize(("precision", "tolerance"), [("float64", 1e-11), ("float32", 1e-4)])
def test_numba_laned_by_hand_steps_as_we_do(problem, precision, tolerance):
    pytest.importorskip("numba", reason='numba comes with the extra "bench"')
    found, ours = numba_run(problem, precision, 16)(), ours_run(problem, precision)()
    np.testing.assert_allclose(found, ours, rtol=tolerance, atol=1e-30)


def test_operations_are_counted_as_stated():
    assert counted("(a+b*c)", "float64") == 2
    assert counted("(a+((-1.0)*b))/(1e-06+c)", "float64") == 3
    assert counted("select_(lt_(a,b),sqrt_(c),abs_(d))", "float64") == 1
    # exp: 13 or 7 terms by Horner's rule, 4 to reduce the argument, 1 to find its power of two, 2 products around
    assert counted("exp_(a)", "float64") == 33
    assert counted("tanh_(a)", "float32") == 25
