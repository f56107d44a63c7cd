"""Slopes against closed forms and finite differences."""

import numpy as np
import pytest

from physics.network.plant import Network, Part, Plant
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Options, RolloutRefused, rollout
from physics.simulate.sensitivity import sensitivity
from tests.physics.parts import TYPES

TIGHT = Options(rtol=1e-10)


def test_decay_answers_to_rate_and_start_as_calculus_says():
    model = compile_plant(Plant((Part("d", "decay"),)), ["d.level_ratio"], types=TYPES)
    parameters = np.array([[0.5, 1.0, 0.1]])
    found = sensitivity(
        model, inputs=np.zeros((5, 0)), sample_s=1.0, parameters=parameters,
        free=["d.rate_per_s", "d.level_ratio@start"], options=TIGHT,
    )  # fmt: skip
    t = np.arange(5.0)[:, None]
    level = np.exp(-parameters * t)
    np.testing.assert_allclose(found.outputs[:, 0], level, atol=1e-8)
    # forward differences over a millionth: truncation of some 1e-6
    np.testing.assert_allclose(found.jacobian[:, 0, 0], -t * level, atol=1e-5)
    np.testing.assert_allclose(found.jacobian[:, 0, 1], level, atol=1e-5)


def wide_plant():
    parts = [Part("s", "supply")]
    links = []
    for k in range(3):
        parts += [Part(f"r{k}", "resistor"), Part(f"c{k}", "capacitor", {"capacitance_f": 1.0 + k})]
        links += [("s.plus" if k == 0 else f"c{k - 1}.plus", f"r{k}.a"), (f"r{k}.b", f"c{k}.plus")]
    parts.append(Part("d", "decay"))
    return Plant(tuple(parts), tuple(links), (Network("d", "extra_ratio", "k", 2),))


def test_more_free_numbers_than_lanes_agree_with_central_differences():
    model = compile_plant(wide_plant(), ["c2.plus.voltage_v", "d.level_ratio"], types=TYPES)
    rng = np.random.default_rng(0)
    free = [name for name in model.parameter_names if not name.startswith(("k.low", "k.high"))]
    assert len(free) > 14
    parameters = np.repeat(model.parameters[:, None], 2, axis=1)
    for name in free:
        parameters[model.parameter_names.index(name)] += rng.uniform(0.1, 0.5, 2)
    inputs = np.repeat(np.array([[5.0], [10.0], [0.0], [3.0]]), 2, axis=0)
    found = sensitivity(model, inputs=inputs, sample_s=2.0, parameters=parameters, free=free)
    for index, name in enumerate(free):
        row, runs = model.parameter_names.index(name), []
        for move in (1e-4, -1e-4):
            moved = parameters.copy()
            moved[row] += move
            runs.append(rollout(model, inputs=inputs, sample_s=2.0, parameters=moved, options=TIGHT).outputs)
        slope = (runs[0] - runs[1]) / 2e-4
        # the sensitivity runs at rtol 1e-4: its slopes carry that error, relative to their own size
        scale = np.abs(slope).max(axis=(0, 2))[None, :, None] + 1e-6
        np.testing.assert_allclose(found.jacobian[:, :, index] / scale, slope / scale, atol=2e-3)


def test_slopes_are_smooth_where_steps_are_coarse():
    model = compile_plant(wide_plant(), ["c2.plus.voltage_v"], types=TYPES)
    inputs = np.full((30, 1), 10.0)
    parameters = np.repeat(model.parameters[:, None], 40, axis=1)
    row = model.parameter_names.index("r1.resistance_ohm")
    parameters[row] = np.linspace(5.0, 5.1, 40)
    found = sensitivity(model, inputs=inputs, sample_s=3.0, parameters=parameters, free=["r1.resistance_ohm"])
    tight = sensitivity(
        model, inputs=inputs, sample_s=3.0, parameters=parameters, free=["r1.resistance_ohm"], options=TIGHT
    )
    np.testing.assert_allclose(found.jacobian, tight.jacobian, atol=1e-3 * np.abs(tight.jacobian).max())


def test_unknown_free_names_are_told():
    model = compile_plant(wide_plant(), ["c2.plus.voltage_v"], types=TYPES)
    with pytest.raises(RolloutRefused, match="nonsense@start"):
        sensitivity(
            model, inputs=np.ones((2, 1)), sample_s=1.0, parameters=model.parameters[:, None], free=["nonsense@start"]
        )


def test_a_start_that_is_solved_for_cannot_be_free():
    model = compile_plant(Plant((Part("q", "equation"),)), ["q.root_ratio"], types=TYPES)
    with pytest.raises(RolloutRefused, match="root_ratio@start"):
        sensitivity(
            model, inputs=np.ones((2, 1)), sample_s=1.0, parameters=np.zeros((0, 1)), free=["q.root_ratio@start"]
        )


def test_slopes_at_rest_are_those_of_the_closed_form():
    """A warm block at its steady state: the leading world's explicit steps could grow for ever, its copies' not."""
    parts = (
        Part("block", "heat_capacity"),
        Part("heater", "heater"),
        Part("wall", "conductance"),
        Part("hall", "ambient"),
    )
    links = (("heater.heat", "block.heat"), ("block.heat", "wall.a"), ("wall.b", "hall.heat"))
    model = compile_plant(Plant(parts, links), ["block.heat.temperature_k"])
    value = dict(zip(model.parameter_names, model.parameters, strict=True))
    conductance, capacity = value["wall.conductance_w_per_k"], value["block.heat_capacity_j_per_k"]
    power, samples, sample_s = 50.0, 400, 0.2 * capacity / conductance
    inputs = np.repeat(model.inputs[None], samples, axis=0)
    inputs[:, model.input_names.index("heater.power_w")] = power
    rest = rollout(model, inputs=np.repeat(inputs, 5, axis=0), sample_s=sample_s, options=Options(rtol=1e-10)).final
    free = ["wall.conductance_w_per_k"]
    found = sensitivity(
        model, inputs=inputs, sample_s=sample_s, parameters=model.parameters[:, None], free=free, start=rest
    )
    time_s = np.arange(samples) * sample_s
    expected = -power / conductance**2 * (1.0 - np.exp(-time_s * conductance / capacity))
    np.testing.assert_allclose(found.jacobian[:, 0, 0, 0], expected, rtol=1e-3, atol=1e-3 * power / conductance**2)
