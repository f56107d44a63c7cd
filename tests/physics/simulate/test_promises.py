"""Bit-identity: whatever else is in the batch, whoever runs it, on however many threads."""

import hashlib
import subprocess
import sys

import numpy as np
import pytest

from physics.network.plant import Part, Plant
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Options, rollout
from tests.physics.parts import TYPES


@pytest.fixture(scope="module")
def model():
    parts = (
        Part("source", "supply"), Part("r1", "resistor"), Part("r2", "resistor", {"resistance_ohm": 1.0}),
        Part("c", "capacitor"), Part("p", "pendulum"), Part("rob", "robertson"),
    )  # fmt: skip
    links = (("source.plus", "r1.a"), ("r1.b", "r2.a"), ("r2.b", "c.plus"))
    outputs = ["c.plus.voltage_v", "r1.b.voltage_v", "p.angle_rad", "rob.b_ratio"]
    return compile_plant(Plant(parts, links), outputs, types=TYPES)


def worlds(model, count):
    spread = np.random.default_rng(1).uniform(0.5, 2.0, (len(model.parameters), count))
    return model.parameters[:, None] * spread


def inputs(model, count):
    return np.random.default_rng(2).uniform(0, 10, (12, len(model.input_names), count))


def test_neighbours_do_not_matter(model):
    parameters, driven = worlds(model, 19), inputs(model, 19)
    together = rollout(model, inputs=driven, sample_s=3.0, parameters=parameters)
    order = np.random.default_rng(3).permutation(19)
    shuffled = rollout(model, inputs=driven[:, :, order], sample_s=3.0, parameters=parameters[:, order])
    assert np.array_equal(shuffled.outputs, together.outputs[:, :, order])
    assert np.array_equal(shuffled.final, together.final[:, order])
    in_order = rollout(model, inputs=driven, sample_s=3.0, parameters=parameters, order=order)
    for name in ("outputs", "final", "status", "steps"):
        assert np.array_equal(getattr(in_order, name), getattr(together, name))
    alone = rollout(model, inputs=driven[:, :, [7]], sample_s=3.0, parameters=parameters[:, [7]])
    assert np.array_equal(alone.outputs[:, :, 0], together.outputs[:, :, 7])
    assert np.array_equal(alone.steps, together.steps[[7]])


def test_threads_do_not_matter(model):
    parameters, driven = worlds(model, 70), inputs(model, 70)
    runs = [
        rollout(model, inputs=driven, sample_s=3.0, parameters=parameters, options=Options(threads=n))
        for n in (1, 2, 3)
    ]
    assert np.array_equal(runs[0].outputs, runs[1].outputs)
    assert np.array_equal(runs[0].outputs, runs[2].outputs)


def test_held_inputs_equal_the_same_inputs_world_by_world(model):
    shared = inputs(model, 1)
    one = rollout(model, inputs=shared[:, :, 0], sample_s=3.0, parameters=worlds(model, 5))
    each = rollout(model, inputs=np.repeat(shared, 5, axis=2), sample_s=3.0, parameters=worlds(model, 5))
    assert np.array_equal(one.outputs, each.outputs)


@pytest.mark.parametrize("lead", [False, True])
def test_other_islands_in_the_lanes_do_not_matter(lead):
    parts = tuple(Part(f"p{k}", "pendulum") for k in range(5)) + (Part("d", "decay"),)
    plant = Plant(parts)
    together = compile_plant(plant, [f"p{k}.angle_rad" for k in range(5)], types=TYPES)
    parameters, options = worlds(together, 3), Options(lead=lead)
    run = rollout(together, inputs=np.zeros((20, 0)), sample_s=1.0, parameters=parameters, options=options)
    for index, island in enumerate(together.islands):
        own = rollout(together.only(index), inputs=np.zeros((20, 0)), sample_s=1.0,
                      parameters=parameters[island.parameters], options=options)  # fmt: skip
        assert np.array_equal(own.outputs, run.outputs[:, island.outputs])
        assert np.array_equal(own.final, run.final[island.states])


def test_an_island_does_not_depend_on_what_else_is_in_the_plant():
    alone = compile_plant(Plant((Part("p", "pendulum"),)), ["p.angle_rad"], types=TYPES)
    beside = Part("q", "pendulum", {name.split(".")[1]: 3.0 for name in alone.parameter_names})
    joined = compile_plant(Plant((beside, Part("p", "pendulum"))), ["q.angle_rad", "p.angle_rad"], types=TYPES)
    runs = [rollout(model, inputs=np.zeros((20, 0)), sample_s=1.0) for model in (alone, joined)]
    assert np.array_equal(runs[0].outputs[:, 0], runs[1].outputs[:, 1])


SCRIPT = """
import hashlib, numpy as np
from physics.network.plant import Part, Plant
from physics.simulate.model import compile_plant
from physics.simulate.rollout import rollout
from tests.physics.parts import TYPES
model = compile_plant(Plant((Part("rob", "robertson"),)), ["rob.b_ratio"], types=TYPES)
run = rollout(model, inputs=np.zeros((20, 0)), sample_s=3.0)
print(hashlib.sha256(run.outputs.tobytes()).hexdigest())
"""


def test_processes_do_not_matter():
    ended = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    model = compile_plant(Plant((Part("rob", "robertson"),)), ["rob.b_ratio"], types=TYPES)
    run = rollout(model, inputs=np.zeros((20, 0)), sample_s=3.0)
    assert ended.stdout.strip() == hashlib.sha256(run.outputs.tobytes()).hexdigest()
