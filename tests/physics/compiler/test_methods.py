"""The coefficients: order at and between the ends of a step, damping of infinitely fast parts."""

import numpy as np
import pytest

from physics.compiler.methods import METHODS

IMPLICIT = [name for name, method in METHODS.items() if method.implicit]
ADAPTIVE = [name for name, method in METHODS.items() if not method.fixed]
DENSE_ORDER = {"rodas4": 3, "dopri5": 4, "rk4": 3}


def weighted(weights, values):
    return sum(x * k for x, k in zip(weights, values, strict=False))


def step(method, g, jacobian, z, h):
    """One textbook step for a scalar equation dz/dt = g(z): the stages times h, the new point."""
    stages = []
    for index, a in enumerate(method.a):
        if method.implicit:
            mixed = weighted(method.c[index], stages) / h
            stages.append((g(z + weighted(a, stages)) + mixed) / (1 / (h * method.gamma) - jacobian(z)))
        else:
            stages.append(h * g(z + weighted(a, stages)))
    return stages, z + weighted(method.b, stages)


def between(method, g, stages, z, new, h, share):
    """The point at a share of the step."""
    rise = new - z
    if method.implicit:
        first, second, third = weighted(method.dense[0], stages), weighted(method.dense[1], stages), 0.0
    else:
        first = stages[0] - rise
        second, third = rise - h * g(new) - first, weighted(method.dense, stages)
    return z + share * (rise + (1 - share) * (first + share * (second + (1 - share) * third)))


def slope(errors):
    return np.log2(errors[0] / errors[1])


def exact(t):
    """Of dz/dt = -z^3 from 1."""
    return 1 / np.sqrt(1 + 2 * t)


@pytest.mark.parametrize("name", METHODS)
def test_local_error_has_the_stated_order(name):
    method = METHODS[name]
    errors = [abs(step(method, lambda z: -(z**3), lambda z: -3 * z**2, 1.0, h)[1] - exact(h)) for h in (0.02, 0.01)]
    assert slope(errors) > method.order + 0.3


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize("share", [0.3, 0.8])
def test_error_between_the_ends_has_the_order_of_the_curve(name, share):
    method, errors = METHODS[name], []
    for h in (0.04, 0.02):
        stages, new = step(method, lambda z: -(z**3), lambda z: -3 * z**2, 1.0, h)
        errors.append(abs(between(method, lambda z: -(z**3), stages, 1.0, new, h, share) - exact(share * h)))
    assert slope(errors) > DENSE_ORDER[name] + 0.6


@pytest.mark.parametrize("name", ADAPTIVE)
def test_embedded_error_has_one_order_less(name):
    method = METHODS[name]
    stages = [step(method, lambda z: -(z**3), lambda z: -3 * z**2, 1.0, h)[0] for h in (0.05, 0.025)]
    assert slope([abs(weighted(method.e, own)) for own in stages]) == pytest.approx(method.order, abs=0.35)


@pytest.mark.parametrize("name", IMPLICIT)
def test_an_infinitely_fast_part_is_gone_after_one_step(name):
    _, new = step(METHODS[name], lambda z: -1e12 * z, lambda z: -1e12, 1.0, 1.0)
    assert abs(new) < 1e-9
