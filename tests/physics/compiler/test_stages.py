"""What is seen between the ends of a long step agrees with closed forms at the curve's order."""

import numpy as np
import pytest

from physics.network.plant import Part, Plant
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Options, rollout
from tests.physics.parts import TYPES

SAMPLE_S = 0.01


def decay():
    parts = (Part("s", "supply"), Part("r", "resistor"), Part("c", "capacitor"))
    links = (("s.plus", "r.a"), ("r.b", "c.plus"))
    return compile_plant(Plant(parts, links), ["c.plus.voltage_v", "s.delivered_a"], types=TYPES)


@pytest.mark.parametrize(("method", "order"), [("rodas4", 3), ("dopri5", 4)])
def test_samples_inside_steps_follow_the_exponential_at_the_order_of_the_curve(method, order):
    model, errors = decay(), []
    inputs = np.repeat(model.inputs[None], 2000, axis=0)
    charge = 10 * (1 - np.exp(-np.arange(2000) * SAMPLE_S / 10.0))
    for step_s in (4.0, 2.0):
        options = Options(rtol=1e9, max_step_s=step_s, method=method)
        run = rollout(model, inputs=inputs, sample_s=SAMPLE_S, options=options)
        assert run.steps[0] < 60  # of 2,000 samples
        errors.append(np.abs(run.outputs[:, 0, 0] - charge).max())
        np.testing.assert_allclose(run.outputs[:, 1, 0], (10 - run.outputs[:, 0, 0]) / 5.0, rtol=1e-9)
    assert np.log2(errors[0] / errors[1]) > order - 0.2


def test_samples_are_hit_where_steps_are_no_longer_than_they():
    model = decay()
    inputs = np.repeat(model.inputs[None], 20, axis=0)
    options = Options(rtol=1e9, max_step_s=1.0)
    sampled = rollout(model, inputs=inputs, sample_s=1.0, options=options)
    ends = rollout(model, inputs=inputs[:10], sample_s=1.0, options=options)
    assert sampled.outputs[10, 0, 0] == ends.final[0, 0]


def test_worlds_see_their_samples_whatever_steps_their_neighbours_take():
    model = decay()
    parameters = model.parameters[:, None] * np.array([[1.0] * 9, [1.0, 1e-3, 1e3, 0.5, 2, 5, 1e-2, 30, 1]])
    inputs = np.repeat(np.repeat(model.inputs[None], 300, axis=0)[:, :, None], 9, axis=2)
    inputs[100:, :, 1::2] = 5.0
    inputs[250:, :, 2] = 1.0
    together = rollout(model, inputs=inputs, sample_s=0.2, parameters=parameters)
    for world in range(9):
        alone = rollout(model, inputs=inputs[..., world], sample_s=0.2, parameters=parameters[:, world : world + 1])
        assert np.array_equal(alone.outputs[..., 0], together.outputs[..., world])
