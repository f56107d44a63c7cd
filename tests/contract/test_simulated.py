"""Every component type in the engine: it runs, repeats bit for bit, never heals, and its derivatives are right."""

import numpy as np
import pytest

from physics.catalogue import components
from physics.contract import Kind
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Status, rollout
from physics.trial.bench import bench
from physics.trial.running import ROUNDING, wrong_slopes

TYPES = components()
SLOW = [f"{name}.{q.name}" for name, kind in TYPES.items() for q in kind.declaration.quantities if q.slow]
STATES = [
    f"{name}.{q.name}" for name, kind in TYPES.items() for q in kind.declaration.quantities if q.kind is Kind.STATE
]
SAMPLES, SAMPLE_S = 6, 30.0


@pytest.fixture(scope="module")
def model():
    return compile_plant(bench(*TYPES.values()), STATES)


@pytest.fixture(scope="module")
def run(model):
    return lambda worlds: rollout(
        model,
        inputs=np.repeat(model.inputs[None], SAMPLES, axis=0),
        sample_s=SAMPLE_S,
        parameters=np.repeat(model.parameters[:, None], worlds, axis=1),
    )


def test_every_type_runs_on_its_bench(run):
    found = run(1)
    assert found.status.tolist() == [Status.OK]
    assert np.isfinite(found.outputs).all()


def test_the_same_run_is_the_same_to_the_last_bit_whoever_runs_beside(run):
    alone, again, beside = run(1), run(1), run(3)
    np.testing.assert_array_equal(alone.final, again.final)
    np.testing.assert_array_equal(alone.final[:, 0], beside.final[:, 2])


def test_wear_only_grows(run):
    course = run(1).outputs[:, [STATES.index(name) for name in SLOW], 0]
    falling = np.min(np.diff(course, axis=0), axis=0)
    assert {name: step for name, step in zip(SLOW, falling, strict=True) if step < -ROUNDING} == {}


def test_exact_derivatives_agree_with_finite_differences(model, run):
    assert list(map(str, wrong_slopes(model, run(1).final[:, 0]))) == []
