"""The coefficients: order on a nonlinear problem, damping of infinitely fast parts."""

import numpy as np
import pytest

from physics.compiler.methods import METHODS


def step(method, g, jacobian, z, h):
    """One textbook step for a scalar equation dz/dt = g(z)."""
    w = 1 / (h * method.gamma) - jacobian(z)
    stages = []
    for a, c in zip(method.a, method.c, strict=True):
        at = z + sum(x * k for x, k in zip(a, stages, strict=False))
        mixed = sum(x * k for x, k in zip(c, stages, strict=False)) / h
        stages.append((g(at) + mixed) / w)
    new = z + sum(x * k for x, k in zip(method.b, stages, strict=True))
    return new, sum(x * k for x, k in zip(method.e, stages, strict=True))


@pytest.mark.parametrize("name", METHODS)
def test_local_error_has_the_stated_order(name):
    method = METHODS[name]
    errors = []
    for h in (0.04, 0.02):
        new, _ = step(method, lambda z: -(z**3), lambda z: -3 * z**2, 1.0, h)
        errors.append(abs(new - 1 / np.sqrt(1 + 2 * h)))  # dz/dt = -z^3 from 1
    assert np.log2(errors[0] / errors[1]) > method.order + 0.7


@pytest.mark.parametrize("name", METHODS)
def test_embedded_error_has_one_order_less(name):
    method = METHODS[name]
    errors = [abs(step(method, lambda z: -(z**3), lambda z: -3 * z**2, 1.0, h)[1]) for h in (0.05, 0.025)]
    assert np.log2(errors[0] / errors[1]) == pytest.approx(method.order, abs=0.35)


@pytest.mark.parametrize("name", METHODS)
def test_an_infinitely_fast_part_is_gone_after_one_step(name):
    new, _ = step(METHODS[name], lambda z: -1e12 * z, lambda z: -1e12, 1.0, 1.0)
    assert abs(new) < 1e-9
