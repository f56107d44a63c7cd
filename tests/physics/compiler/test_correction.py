"""The learned correction: nothing without weights, bounded, and gone where it was not trained."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from physics.compiler.correction import VALUE, network, weight_defaults
from physics.contract import Correction, Trend
from physics.network.plant import Network, Part, Plant
from physics.simulate.model import compile_plant
from physics.simulate.rollout import rollout

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


@pytest.mark.parametrize("shape", [{"hidden": 4}, {"layers": (5, 4)}], ids=["one layer", "two layers"])
@given(seed=st.integers(0, 2**32 - 1), size=st.floats(0.1, 10.0))
@settings(max_examples=20, deadline=None)
def test_a_declared_trend_holds_for_any_weights(shape, seed, size):
    """In the engine a battery's extra resistance falls with its temperature, and moves with its charge as it likes."""
    own = battery(**shape)
    drawn = np.random.default_rng(seed).normal(size=len(own.parameter_names)) * size
    weights = [is_weight(name) for name in own.parameter_names]
    parameters = np.repeat(np.where(weights, drawn, own.parameters)[:, None], WARM_K.size, axis=1)
    start = np.repeat(own.start[:, None], WARM_K.size, axis=1)
    start[own.state_names.index("pack.heat.temperature_k")] = WARM_K
    found = rollout(own, inputs=own.inputs[None], sample_s=1.0, parameters=parameters, start=start).outputs[0, 0]
    assert (np.diff(found) <= 1e-12).all()


def test_a_trend_leaves_the_other_features_free():
    kept = replace(LOPSIDED, trends=(Trend.FREE, Trend.RISES))
    for sign in (-1.0, 1.0):
        weights = {"w1_0_0": sign, "w1_0_1": 0.7, "w2_0": 0.4}
        assert np.sign(value(weights, (0.5, 0.0), kept) - value(weights, (-0.5, 0.0), kept)) == sign
        # weights as allowed: the plain network
        assert value(weights, (0.3, 0.2), kept) == pytest.approx(value(weights, (0.3, 0.2)))


def test_weights_against_a_trend_count_for_nothing():
    kept = replace(LOPSIDED, trends=(Trend.FALLS,))
    assert value({"w1_0_0": -2.0, "b1_0": 0.3, "w2_0": 0.5}, (0.9,), kept) == pytest.approx(
        value({"b2": 0.5 * np.tanh(0.3)}, (0.9,))
    )
    assert value({"w1_0_0": 2.0, "w2_0": 0.5}, (0.9,), kept) == pytest.approx(
        value({"w1_0_0": -2.0, "w2_0": 0.5}, (0.9,))
    )
    assert value({"w1_0_0": 2.0, "w2_0": -0.5}, (0.9,), kept) == 0.0


WARM_K = np.linspace(270.0, 330.0, 31)


@cache
def battery(**shape):
    network = Network("pack", "extra_resistance_ratio", "net", **shape)
    return compile_plant(Plant((Part("pack", "battery"),), (), (network,)), ["pack.extra_resistance_ratio"])


def is_weight(name):
    key, _, local = name.partition(".")
    return key == "net" and not local.startswith(("low_", "high_", "member"))
