"""Shared reciprocals are what was written, with fewer quotients."""

import numpy as np
import pytest
import sympy as sp

from physics.compiler.evaluation import SHARED_NAMES
from physics.compiler.printer import text
from physics.compiler.quotients import Reciprocal, shared

A, B = sp.symbols("a b", real=True)
OURS = [
    [A / B, -A / B**2],
    [A / sp.sqrt(B), B**-1.5 * A],
    [(A**2 + 1) ** sp.Rational(-1, 4), A * (A**2 + 1) ** sp.Rational(-5, 4), 1 / sp.sqrt(A**2 + 1)],
    [1 / (B * (1 + 1 / B)), 1 / (1 + 1 / B) ** 2, B**-3],
    [sp.Piecewise((1 / sp.sqrt(A), A > 1), (B, True)), A**-0.5],
]


def value(expression, a, b):
    return eval(text(expression), {**SHARED_NAMES, "a": a, "b": b})


@pytest.mark.parametrize("expressions", OURS)
def test_values_stay_to_a_few_units_of_the_last_place(expressions):
    a, b = np.random.default_rng(0).uniform(0.1, 3.0, (2, 200))
    for before, after in zip(expressions, shared(expressions), strict=True):
        exact = [float(before.subs({A: x, B: y}).evalf(30)) for x, y in zip(a[:40], b[:40], strict=True)]
        # five products and a quotient at half a unit each
        np.testing.assert_allclose(value(after, a, b)[:40], exact, rtol=4 * np.finfo(float).eps)


@pytest.mark.parametrize("expressions", OURS[:4])
def test_one_base_has_one_reciprocal(expressions):
    bases = {power.base for expression in expressions for power in expression.atoms(sp.Pow) if power.exp.is_negative}
    found = set().union(*(expression.atoms(Reciprocal) for expression in shared(expressions)))
    assert len(found) == len(bases)
    assert not any(power.exp.is_negative for expression in shared(expressions) for power in expression.atoms(sp.Pow))


def test_what_is_divided_by_once_stays_a_quotient():
    assert shared([A / B, 2 * B]) == [A / B, 2 * B]


def test_a_quotient_needs_no_root_of_its_divisor():
    whole, root, square = shared([1 / A, 1 / sp.sqrt(A), 1 / A**2])
    assert value(whole, -2.0, 0.0) == -0.5
    assert value(square, -2.0, 0.0) == 0.25
    assert value(root, 4.0, 0.0) == 0.5
