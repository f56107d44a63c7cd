"""Expected values: SymPy's own derivatives and central differences, over every function that a law may use."""

import numpy as np
import pytest
import sympy as sp

from physics.catalogue import components
from physics.compiler.derivative import Slopes
from physics.compiler.trace import trace

X, Y = sp.symbols("x y", real=True)
EXPRESSIONS = (
    X**3 * Y + sp.sqrt(X**2 + Y**2),
    sp.exp(-X * Y) * sp.log(1 + X**2) / (2 + sp.tanh(Y * X)),
    sp.sin(X) ** 2 * sp.cos(Y + X) + sp.atan(X / Y),
    sp.Abs(X) ** sp.Rational(3, 4) * Y,
    (1 + X**2) ** Y,
    sp.Float(30.0) ** X,
    sp.Piecewise((X**2, X < 1), (2 * X - 1 + Y, X < 3), (0, True)),
    sp.sqrt(sp.sqrt(X**2 + 1e-6)) + sp.sign(X) * X,
)


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_it_is_the_derivative_that_sympy_finds(expression):
    points = np.array([-1.7, -0.3, 0.4, 1.6, 2.2]), np.array([0.7, 1.3, 2.1, 0.4, 1.1])
    for symbol in (X, Y):
        pair = [
            Slopes().by(expression, symbol),
            sp.diff(expression, symbol).replace(sp.DiracDelta, lambda _: sp.Integer(0)),
        ]
        pair[0] = sp.sympify(pair[0]).replace(sp.DiracDelta, lambda _: sp.Integer(0))
        found, expected = (sp.lambdify((X, Y), slope, "numpy")(*points) * np.ones(5) for slope in pair)
        np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-14)


def test_what_does_not_depend_has_no_slope():
    assert Slopes().by(sp.Piecewise((Y, Y < 1), (1, True)), X) == 0
    assert Slopes().by(sp.Piecewise((Y, X < 1), (1, True)), X) == 0
    assert Slopes().by(X, X) == 1


@pytest.mark.parametrize("name", ["bearing", "check_valve", "filter", "heat_exchanger"])
def test_a_law_gets_the_slopes_that_sympy_finds(name):
    read, slopes = trace(components()[name]), Slopes()
    symbols, equations = list(read.symbols.values()), list(read.equations.values())
    at = np.random.default_rng(1).uniform(0.5, 1.5, len(symbols)) * 100.0
    for symbol in symbols:
        pair = [[slopes.by(e, symbol) for e in equations], [sp.diff(e, symbol) for e in equations]]
        found, expected = (np.array(sp.lambdify(symbols, each, "numpy", cse=True)(*at), float) for each in pair)
        np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12 * np.abs(expected).max())
