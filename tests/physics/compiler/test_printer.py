"""The shared syntax means what the expression means."""

import numpy as np
import pytest
import sympy as sp

from physics.compiler.evaluation import SHARED_NAMES
from physics.compiler.printer import UnknownFunction, number, text

X, Y = sp.symbols("x y", real=True)
POINTS = np.array([0.3, 1.0, 2.5, 7.0])


@pytest.mark.parametrize(
    "expression",
    [
        X + 2 * Y - sp.Rational(1, 3),
        X / Y / 3 + sp.pi * X,
        X**3 / (1 + Y**2),
        sp.sqrt(X) + X ** sp.Rational(-3, 4) + Y ** sp.Rational(3, 2),
        X**Y + X ** sp.Float(1.7),
        sp.exp(-X) * sp.log(Y) + sp.tanh(X - Y) + sp.sin(X) * sp.cos(Y) + sp.atan(X),
        sp.Abs(X - 2) + sp.sign(X - Y),
        sp.Piecewise((X, sp.And(X > 1, Y < 5)), (Y, sp.Or(X <= 0.5, Y >= 6)), (X * Y, sp.Ne(X, 2)), (0, True)),
        -X - (-2) * Y,
    ],
)
def test_text_evaluates_like_the_expression(expression):
    x, y = POINTS, POINTS[::-1].copy()
    found = eval(text(expression), {**SHARED_NAMES, "x": x, "y": y})
    expected = [complex(expression.subs({X: a, Y: b}).evalf()).real for a, b in zip(x, y, strict=True)]
    np.testing.assert_allclose(found, expected, rtol=1e-13)


def test_constants_are_folded_into_one_literal():
    assert text(sp.sqrt(2) * sp.pi) == repr(float(sp.sqrt(2) * sp.pi))
    assert number(-2) == "(-2.0)"


def test_a_function_that_lanes_do_not_know_is_refused_by_name():
    with pytest.raises(UnknownFunction, match="gamma"):
        text(sp.gamma(X))
