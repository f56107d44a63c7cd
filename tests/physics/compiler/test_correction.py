"""The learned correction: nothing without weights, bounded, and gone where it was not trained."""

import numpy as np
import pytest

from physics.compiler.correction import VALUE, network, weight_defaults
from physics.contract import Correction

LOPSIDED = Correction("1", "test", low=-0.2, high=1.0)


def value(weights, features, correction=LOPSIDED, hidden=3):
    seen = network(correction, len(features), hidden)
    numbers = weight_defaults(len(features), hidden) | weights
    numbers |= {f"network.feature_{j}": x for j, x in enumerate(features)}
    return float(seen.equations[VALUE].subs({seen.symbols[name]: number for name, number in numbers.items()}))


def test_no_weights_no_correction():
    assert value({}, (0.3, -2.0)) == 0.0


def test_small_values_are_the_plain_network():
    weights = {"w1_0_0": 0.4, "w1_0_1": -0.3, "b1_0": 0.1, "w2_0": 1e-4, "b2": 2e-5}
    plain = 0.6 * (2e-5 + 1e-4 * np.tanh(0.1 + 0.4 * 0.5 - 0.3 * 0.2))
    assert value(weights, (0.5, 0.2)) == pytest.approx(plain, rel=1e-6)


@pytest.mark.parametrize(("output", "limit"), [(50.0, 1.0), (-50.0, -0.2)])
def test_values_stay_inside_the_declared_range(output, limit):
    assert value({"b2": output}, (0.0,)) == pytest.approx(limit)


def test_the_slope_at_zero_is_the_same_from_both_sides():
    up, down = value({"b2": 1e-6}, (0.0,)), value({"b2": -1e-6}, (0.0,))
    assert up == pytest.approx(-down, rel=1e-5)


def test_value_fades_to_nothing_outside_the_box():
    box = {"b2": 0.5, "low_0": -1.0, "high_0": 1.0}
    inside = value(box, (0.99,))
    assert value(box, (-0.5,)) == inside
    assert value(box, (2.0,)) == pytest.approx(inside / 2)  # margin 1.5 + 2 / 4
    assert value(box, (3.0,)) == 0.0
    assert value(box, (-50.0,)) == 0.0


@pytest.mark.parametrize("output", [-50.0, -0.3, 0.5, 50.0])
@pytest.mark.parametrize("centre", [0.0, 0.8, 1.5])
def test_fading_bends_no_curve_of_a_loss_back(output, centre):
    """Flow through a loss (1 + x) grows with what drives it, however narrow the box that was trained."""
    loss = Correction("1", "test", low=-0.5, high=1.0)
    box = {"b2": output, "low_0": centre - 0.025 - 1.0, "high_0": centre + 0.025 - 1.0}
    driven = np.linspace(0.01, 4.0, 60)
    flow = [share / np.sqrt(1 + value(box, (share - 1.0,), loss)) for share in driven]
    assert (np.diff(flow) > 0).all()
