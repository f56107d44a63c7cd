"""The adjoint of whole rollouts against central differences and against perturbed copies."""

from dataclasses import replace

import numpy as np
import pytest

from physics.network.plant import Network, Part, Plant
from physics.simulate import tables
from physics.simulate.gradient import gradient
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Options, RolloutRefused, TooLarge, rollout
from tests.physics.parts import TYPES
from tests.physics.simulate.test_tables import LINKS, PARTS

SAMPLE_S, STEP_S, SAMPLES, WORLDS = 20.0, 10.0, 7, 11


@pytest.fixture(scope="module")
def tanks():
    networks = (Network("drain", "extra_outflow_ratio", "one", layers=(5, 4)),
                Network("second", "extra_outflow_ratio", "one", layers=(5, 4)))  # fmt: skip
    model = compile_plant(Plant(PARTS, LINKS, networks), ["basin.level_m", "other.level_m"])
    rng = np.random.default_rng(4)
    count = tables.counts(model)["one"]
    model = replace(model, networks={"one": rng.normal(size=(2, count))})
    parameters = model.parameters[:, None] * rng.uniform(0.9, 1.1, (len(model.parameters), WORLDS))
    for name in ("one.low_0", "one.high_0"):
        parameters[model.parameter_names.index(name)] = -1.5 if "low" in name else 1.5
    parameters[model.parameter_names.index("one.member")] = np.arange(WORLDS) % 2
    start = model.start[:, None] * rng.uniform(0.8, 1.2, (len(model.start), WORLDS))
    inputs = np.repeat(model.inputs[None], SAMPLES, axis=0)
    return model, inputs, parameters, start, rng.normal(size=(SAMPLES, 2, WORLDS))


def number(tanks, **changed):
    model, inputs, parameters, start, owed = tanks
    own = replace(model, networks=changed.pop("networks", model.networks))
    run = {"parameters": parameters, "start": start} | changed
    found = rollout(own, inputs=inputs, sample_s=SAMPLE_S, options=Options(method="rk4", max_step_s=STEP_S), **run)
    return (owed * found.outputs).sum(axis=(0, 1))


def backwards(tanks, free=(), **options):
    model, inputs, parameters, start, owed = tanks
    return gradient(model, inputs=inputs, sample_s=SAMPLE_S, cotangents=owed, parameters=parameters, start=start,
                    free=free, max_step_s=STEP_S, **options)  # fmt: skip


def test_start_values_and_parameters_have_their_central_differences(tanks):
    model, _, parameters, start, _ = tanks
    free = ["drain.area_m2", "second.discharge_ratio", "basin.area_m2"]
    found = backwards(tanks, free)
    for k, name in enumerate(free):
        row = model.parameter_names.index(name)
        move = np.zeros_like(parameters)
        move[row] = 1e-5 * parameters[row]
        ends = [number(tanks, parameters=parameters + sign * move) for sign in (1, -1)]
        np.testing.assert_allclose(found.parameters[k], (ends[0] - ends[1]) / (2 * move[row]), rtol=1e-5, atol=1e-6)
    for row, name in enumerate(model.state_names):
        if name.endswith("level_m"):
            move = np.zeros_like(start)
            move[row] = 1e-5
            ends = [number(tanks, start=start + sign * move) for sign in (1, -1)]
            np.testing.assert_allclose(found.start[row], (ends[0] - ends[1]) / 2e-5, rtol=1e-5, atol=1e-7)


def test_every_weight_of_each_member_has_its_central_difference(tanks):
    model, weights = tanks[0], tanks[0].networks["one"]
    found = backwards(tanks).networks["one"]
    assert found.shape == weights.shape
    for member in range(2):
        for k in range(weights.shape[1]):
            move = np.zeros_like(weights)
            move[member, k] = 1e-5
            ends = [number(tanks, networks={"one": weights + sign * move}).sum() for sign in (1, -1)]
            assert found[member, k] == pytest.approx((ends[0] - ends[1]) / 2e-5, rel=1e-5, abs=1e-7)
    assert model.networks["one"] is weights


def test_worlds_in_any_order_on_any_threads_give_the_same_bits(tanks):
    model, inputs, parameters, start, owed = tanks
    found = backwards(tanks)
    order = np.random.default_rng(0).permutation(WORLDS)
    mixed = backwards((model, inputs, parameters[:, order], start[:, order], owed[..., order]), threads=1)
    np.testing.assert_array_equal(mixed.start, found.start[:, order])
    np.testing.assert_allclose(mixed.networks["one"], found.networks["one"], rtol=1e-12)


def test_32_bits_agree_to_their_digits(tanks):
    exact, found = backwards(tanks), backwards(tanks, precision="float32")
    size = np.abs(exact.networks["one"]).max()
    np.testing.assert_allclose(found.networks["one"], exact.networks["one"], atol=1e-4 * size)


def test_decay_answers_as_the_steps_themselves_do():
    """One step of rk4 over h multiplies by R = 1 - a + a²/2 - a³/6 + a⁴/24, a = rate h."""
    model = compile_plant(Plant((Part("d", "decay"),)), ["d.level_ratio"], types=TYPES)
    owed = np.zeros((4, 1, 1))
    owed[-1] = 1.0
    found = gradient(model, inputs=np.zeros((4, 0)), sample_s=0.5, cotangents=owed, parameters=np.array([[0.6]]),
                     free=["d.rate_per_s"])  # fmt: skip
    a = 0.3
    grow, slope = 1 - a + a**2 / 2 - a**3 / 6 + a**4 / 24, -1 + a - a**2 / 2 + a**3 / 6
    np.testing.assert_allclose(found.start, model.start[:, None] ** 0 * grow**3, rtol=1e-14)
    np.testing.assert_allclose(found.parameters, 3 * grow**2 * slope * 0.5 * model.start[0], rtol=1e-13)


def test_what_does_not_suit_is_refused_by_name(tanks):
    model, inputs, parameters, start, owed = tanks
    with pytest.raises(RolloutRefused, match=r"free: got \['nobody.a'\]"):
        backwards(tanks, ["nobody.a"])
    with pytest.raises(RolloutRefused, match=r"cotangents: got shape \(7, 1, 11\), need \(7, 2, 11\)"):
        backwards((model, inputs, parameters, start, owed[:, :1]))
    with pytest.raises(TooLarge, match="Cut the log into windows"):
        gradient(model, inputs=inputs, sample_s=SAMPLE_S, cotangents=owed, parameters=parameters, max_step_s=1e-5)
