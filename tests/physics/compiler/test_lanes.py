"""Elementary functions in lanes against NumPy's, to a few units in the last place."""

import numpy as np
import pytest
import sympy as sp

from physics.network.plant import Part, Plant
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Options, rollout
from tests.physics.parts import TYPES, Functions

EPSILON, EPSILON_32 = np.finfo(float).eps, float(np.finfo(np.float32).eps)


def _model():
    names = ("exp", "log", "tanh", "sin", "cos", "atan", "abs", "sqrt", "power", "quarter", "cube", "inverse", "sign")
    names += ("most", "kink", "off_whole")
    return names, compile_plant(Plant((Part("f", "functions"),)), [f"f.{name}" for name in names], types=TYPES)


@pytest.fixture(scope="module")
def seen():
    names, model = _model()
    positive = np.concatenate(
        [np.linspace(1e-3, 3, 997), np.geomspace(1e-300, 1e300, 601), np.geomspace(0.7, 1.5, 401)]
    )
    x = np.concatenate([positive, -positive[positive < 700], [0.0, np.sqrt(0.5), 1.0, 2.0, 700.0]])
    run = rollout(model, inputs=x[None, None, :], sample_s=1.0)
    return x, {name: run.outputs[0, k] for k, name in enumerate(names)}


@pytest.mark.parametrize(
    ("name", "reference", "where", "ulps"),
    [
        ("exp", np.exp, lambda x: np.abs(x) < 700, 3),
        ("log", np.log, lambda x: x > 0, 2),
        ("sin", np.sin, lambda x: np.abs(x) < 1e6, 1),
        ("cos", np.cos, lambda x: np.abs(x) < 1e6, 1),
        ("atan", np.arctan, lambda x: x == x, 1),
        ("abs", np.abs, lambda x: x == x, 0),
        ("sqrt", np.sqrt, lambda x: x >= 0, 0),
        ("quarter", lambda x: np.sqrt(np.sqrt(x)), lambda x: x >= 0, 1),
        ("cube", lambda x: x * x * x, lambda x: np.abs(x) < 1e100, 1),
        ("inverse", lambda x: 1 / x, lambda x: x != 0, 0),
        ("off_whole", lambda x: x - np.rint(x), lambda x: x == x, 0),
        ("sign", np.sign, lambda x: x == x, 0),
        ("most", lambda x: np.maximum(x, 0), lambda x: x == x, 0),
        ("kink", lambda x: np.where(x < 1, x, np.where(x < 2, 2 - x, 0)), lambda x: x == x, 0),
    ],
)
def test_function_is_right_to_the_last_places(seen, name, reference, where, ulps):
    x, found = seen
    inside = where(x)
    np.testing.assert_allclose(found[name][inside], reference(x[inside]), rtol=ulps * EPSILON, atol=0)


def test_tanh_is_right_to_the_last_places_of_one(seen):
    x, found = seen
    np.testing.assert_allclose(found["tanh"], np.tanh(x), atol=2 * EPSILON)


def test_general_powers_lose_no_more_than_their_exponent_costs(seen):
    x, found = seen
    inside = (x > 1e-100) & (x < 1e100)
    # x^a = exp(a log x): the rounding of a log x is magnified by its size, here up to 400
    np.testing.assert_allclose(found["power"][inside], x[inside] ** 1.7, rtol=400 * EPSILON)


def test_logarithm_of_nothing_is_not_a_number(seen):
    x, found = seen
    assert np.isnan(found["log"][x <= 0]).all()


@pytest.fixture(scope="module")
def seen_in_float32():
    names, model = _model()
    positive = np.concatenate([np.linspace(1e-3, 3, 997), np.geomspace(1e-37, 1e37, 601), np.geomspace(0.7, 1.5, 401)])
    x = np.float32(np.concatenate([positive, -positive, [0.0, np.sqrt(0.5), 1.0, 2.0, 87.0, -86.0]])).astype(float)
    options = Options(method="rk4", precision="float32")
    with np.errstate(over="ignore"):
        run = rollout(model, inputs=x[None, None, :], sample_s=1.0, options=options)
    return x, {name: run.outputs[0, k] for k, name in enumerate(names)}


@pytest.mark.parametrize(
    ("name", "reference", "where", "ulps"),
    [
        ("exp", np.exp, lambda x: np.abs(x) <= 87, 3),
        ("log", np.log, lambda x: x > 0, 2),
        ("sin", np.sin, lambda x: np.abs(x) < 1e6, 1),
        ("cos", np.cos, lambda x: np.abs(x) < 1e6, 1),
        ("atan", np.arctan, lambda x: x == x, 1),
        ("sqrt", np.sqrt, lambda x: x >= 0, 1),
        ("inverse", lambda x: 1 / x, lambda x: x != 0, 1),
        ("off_whole", lambda x: x - np.rint(x), lambda x: x == x, 0),
        ("most", lambda x: np.maximum(x, 0), lambda x: x == x, 0),
    ],
)
def test_function_of_32_bits_is_right_to_its_last_places(seen_in_float32, name, reference, where, ulps):
    x, found = seen_in_float32
    inside = where(x)
    np.testing.assert_allclose(found[name][inside], reference(x[inside]), rtol=ulps * EPSILON_32, atol=0)


def test_tanh_of_32_bits_is_right_to_the_last_places_of_one(seen_in_float32):
    x, found = seen_in_float32
    np.testing.assert_allclose(found["tanh"], np.tanh(x), atol=2 * EPSILON_32)


def test_a_root_of_what_rounding_took_below_zero_is_zero_with_32_bits(seen, seen_in_float32):
    x, found = seen_in_float32
    assert (found["sqrt"][x < 0] == 0).all()
    x, found = seen
    assert np.isnan(found["sqrt"][x < 0]).all()


def test_every_function_that_the_printer_knows_is_tested():
    law = Functions().law(type("m", (), {"x_ratio": sp.Symbol("x", real=True)}))
    assert {"exp", "log", "tanh", "sin", "cos", "atan", "abs"} <= set(law)
