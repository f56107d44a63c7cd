"""What a correction remembers: its equation against SciPy, its range, its slopes and its end off the trained range."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from physics.compiler import memory
from physics.contract import Component, Correction, drive
from physics.network.faults import PlantRefused
from physics.network.plant import Network, Part, Plant
from physics.simulate.gradient import gradient
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Options, rollout

SAMPLES, SAMPLE_S, UNITS = 30, 2.0, 2


class Gauge(Component):
    """An input and a correction that reads it; nothing else moves."""

    name = "gauge"
    seen_ratio = drive("1", "What the correction reads", default=0.0)
    extra_ratio = Correction("1", "Learned", low=-0.5, high=1.0)

    def law(self, m):
        """The correction, seen."""
        return {"extra_ratio.features": (m.seen_ratio,)}


@cache
def model(**shape):
    network = Network("gauge", "extra_ratio", "net", memory=UNITS, **shape)
    plant = Plant((Part("gauge", "gauge"),), (), (network,))
    names = ["gauge.extra_ratio", *network.memory_names]
    return compile_plant(plant, names, types={"gauge": Gauge})


def driven(size=1.0):
    return size * np.repeat(np.random.default_rng(3).uniform(-1.5, 1.5, SAMPLES // 3), 3)[:, None]


def drawn(own, worlds=1, seed=5, size=1.0):
    """Parameters [P, W] with random weights, times of about ten seconds and no box."""
    parameters = np.repeat(own.parameters[:, None], worlds, axis=1)
    chance = np.random.default_rng(seed)
    for row, name in enumerate(own.parameter_names):
        local = name.partition(".")[2]
        if name.startswith("net.") and not local.startswith(("low_", "high_", "member")):
            parameters[row] = size * chance.normal(size=worlds) + (2.3 if local.startswith(memory.TIME) else 0.0)
    return parameters


def by_scipy(own, parameters, inputs):
    """Memory [T, units] by an independent integrator and NumPy's own functions."""
    value = dict(zip((name.removeprefix("net.") for name in own.parameter_names), parameters[:, 0], strict=True))

    def weights(kind, unit):
        return np.array([value[f"{kind}_{unit}_{row}"] for row in ("f0", *(f"h{k}" for k in range(UNITS)), "b")])

    def rate(feature, h):
        read = np.array([feature, *h, 1.0])
        gate = [1.0 / (1.0 + np.exp(-weights(memory.GATE, k) @ read)) for k in range(UNITS)]
        goal = [np.tanh(weights(memory.CANDIDATE, k) @ read) for k in range(UNITS)]
        times = [np.exp(value[f"{memory.TIME}_{k}"]) for k in range(UNITS)]
        return [z * (c - own_h) / t for z, c, own_h, t in zip(gate, goal, h, times, strict=True)]

    course = [np.zeros(UNITS)]
    for feature in inputs[:-1, 0]:
        piece = solve_ivp(lambda _t, h, f=feature: rate(f, h), (0.0, SAMPLE_S), course[-1], rtol=1e-10, atol=1e-12)
        course.append(piece.y[:, -1])
    return np.array(course)


@pytest.mark.parametrize("shape", [{"hidden": 3}, {"layers": (4, 3)}], ids=["one layer", "two layers"])
def test_memory_is_the_gated_unit_in_continuous_time(shape):
    own = model(**shape)
    parameters = drawn(own)
    run = rollout(own, inputs=driven(), sample_s=SAMPLE_S, parameters=parameters, options=Options(rtol=1e-8))
    np.testing.assert_allclose(run.outputs[:, 1:, 0], by_scipy(own, parameters, driven()), atol=1e-6)
    assert np.ptp(run.outputs[:, 0, 0]) > 0.0


def test_memory_stays_between_minus_one_and_one():
    own = model(hidden=3)
    run = rollout(own, inputs=driven(50.0), sample_s=SAMPLE_S, parameters=drawn(own, 16, size=8.0))
    assert (run.status == 0).all()
    assert np.abs(run.outputs[:, 1:]).max() <= 1.0 + 1e-3  # of the relative tolerance 1e-4 that a step is held to


def test_no_weights_no_memory():
    own = model(hidden=3)
    run = rollout(own, inputs=driven(), sample_s=SAMPLE_S, parameters=own.parameters[:, None])
    np.testing.assert_array_equal(run.outputs, 0.0)


def test_off_the_trained_range_nothing_is_left_whatever_is_remembered():
    own = model(hidden=3)
    parameters = drawn(own)
    for name, value in (("net.low_0", -1.0), ("net.high_0", 1.0)):
        parameters[own.parameter_names.index(name)] = value
    inputs = np.where(np.arange(SAMPLES) < SAMPLES // 2, 0.5, 5.0)[:, None]
    seen = rollout(own, inputs=inputs, sample_s=SAMPLE_S, parameters=parameters).outputs[:, :, 0]
    assert seen[SAMPLES // 2 - 1, 0] != 0.0
    np.testing.assert_array_equal(seen[SAMPLES // 2 :, 0], 0.0)
    assert np.abs(seen[SAMPLES // 2 :, 1:]).min() > 0.0


def test_slopes_by_the_weights_are_central_differences():
    own = model(hidden=3)
    parameters, options = drawn(own), Options(method="rk4")
    names = [name for name in own.parameter_names if name.startswith("net.h") and "high" not in name]

    def total(moved):
        return rollout(own, inputs=driven(), sample_s=SAMPLE_S, parameters=moved, options=options).outputs[:, 0].sum()

    cotangents = np.zeros((SAMPLES, len(own.output_names), 1))
    cotangents[:, 0] = 1.0
    found = gradient(own, inputs=driven(), sample_s=SAMPLE_S, cotangents=cotangents, parameters=parameters, free=names)
    for name, slope in zip(names, found.parameters[:, 0], strict=True):
        move = np.zeros_like(parameters)
        move[own.parameter_names.index(name)] = 1e-5
        expected = (total(parameters + move) - total(parameters - move)) / 2e-5
        assert slope == pytest.approx(expected, rel=1e-5, abs=1e-7)


def test_a_memory_larger_than_allowed_is_refused():
    network = replace(Network("gauge", "extra_ratio", "net"), memory=memory.LARGEST + 1)
    with pytest.raises(PlantRefused, match="got a memory of 9 units, need 0 to 8"):
        compile_plant(Plant((Part("gauge", "gauge"),), (), (network,)), [], types={"gauge": Gauge})
