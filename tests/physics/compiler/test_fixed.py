"""Equal steps: as many as a sample takes, at the order of the method, each world on its own."""

import numpy as np
import pytest

from physics.network.plant import Part, Plant
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Options, Status, rollout
from tests.physics.parts import TYPES


def model_of(kind, output):
    return compile_plant(Plant((Part("x", kind),)), [f"x.{output}"], types=TYPES)


def test_steps_are_whole_parts_of_a_sample():
    model = model_of("decay", "level_ratio")
    for step_s, steps in ((0.25, 4), (0.3, 4), (0.5, 2), (1.0, 1), (7.0, 1)):
        options = Options(method="rk4", max_step_s=step_s)
        run = rollout(model, inputs=np.zeros((3, 0)), sample_s=1.0, options=options)
        assert run.steps.tolist() == [3 * steps]


@pytest.mark.parametrize(("precision", "tolerance"), [("float64", 1e-12), ("float32", 5e-6)])
def test_decay_follows_the_polynomial_of_its_order(precision, tolerance):
    model = model_of("decay", "level_ratio")
    worlds = np.linspace(0.1, 1.5, 21)
    parameters = np.repeat(model.parameters[:, None], 21, axis=1)
    parameters[model.parameter_names.index("x.rate_per_s")] = worlds
    run = rollout(model, inputs=np.zeros((9, 0)), sample_s=1.0, parameters=parameters,
                  options=Options(method="rk4", precision=precision))  # fmt: skip
    # one step of a method of order four multiplies by the exponential's first five terms; each of the eight steps
    # may round by some 1e-7 of what is up to four times as large as the result
    growth = 1 - worlds + worlds**2 / 2 - worlds**3 / 6 + worlds**4 / 24
    expected = model.start[0] * growth ** np.arange(9)[:, None]
    np.testing.assert_allclose(run.outputs[:, 0], expected, rtol=tolerance)


def test_inputs_act_from_their_row_on_in_their_world_alone():
    parts = (Part("s", "supply"), Part("r", "resistor"), Part("c", "capacitor"))
    model = compile_plant(Plant(parts, (("s.plus", "r.a"), ("r.b", "c.plus"))), ["c.plus.voltage_v"], types=TYPES)
    inputs = np.full((40, 1, 9), 10.0)
    inputs[20:, 0, 4] = 0.0
    run = rollout(model, inputs=inputs, sample_s=0.5, options=Options(method="rk4", max_step_s=0.1))
    t_s = np.arange(40) * 0.5
    charge = 10 * (1 - np.exp(-t_s / 10.0))
    np.testing.assert_allclose(run.outputs[:, 0, 3], charge, rtol=1e-7)
    np.testing.assert_allclose(run.outputs[20:, 0, 4], charge[20] * np.exp(-(t_s[20:] - 10) / 10.0), rtol=1e-7)


@pytest.mark.parametrize("precision", ["float64", "float32"])
def test_a_world_that_explodes_leaves_the_others_bit_equal(precision):
    model = model_of("decay", "level_ratio")
    parameters = np.repeat(model.parameters[:, None], 5, axis=1)
    options = Options(method="rk4", max_step_s=0.5, precision=precision)
    calm = rollout(model, inputs=np.zeros((60, 0)), sample_s=1.0, parameters=parameters, options=options)
    parameters[model.parameter_names.index("x.rate_per_s"), 2] = 1e5
    run = rollout(model, inputs=np.zeros((60, 0)), sample_s=1.0, parameters=parameters, options=options)
    assert run.status.tolist() == [Status.OK] * 2 + [Status.DIVERGED] + [Status.OK] * 2
    assert np.array_equal(np.delete(run.outputs, 2, axis=2), np.delete(calm.outputs, 2, axis=2))
    seen_s = np.arange(60.0)
    assert np.array_equal(np.isnan(run.outputs[:, 0, 2]), seen_s > run.failed_at_s[2])
    assert np.isfinite(run.final).all()
    assert run.steps[2] == round(run.failed_at_s[2] / 0.5)
