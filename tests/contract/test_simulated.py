"""Every component type in the engine: it runs, repeats bit for bit, never heals, and its derivatives are right."""

import numpy as np
import pytest
import torch

from physics.contract import Kind
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Status, rollout
from physics.simulate.torch_source import torch_source
from tests.contract.bench_plant import TYPES, whole

SLOW = [f"{name}.{q.name}" for name, kind in TYPES.items() for q in kind.declaration.quantities if q.slow]
STATES = [
    f"{name}.{q.name}" for name, kind in TYPES.items() for q in kind.declaration.quantities if q.kind is Kind.STATE
]
SAMPLES, SAMPLE_S = 6, 30.0

STEP_RATIO = 1e-7
"""Relative step of central differences: far inside the narrowest kink, far above rounding."""

DERIVATIVE_TOLERANCE = 1e-5
"""Share of the row's largest derivative, BENCHMARKS: 1e-5 relative."""

ROUNDING = 1e-13
"""Wear may step back by the last bits of what is read off the curve of a step."""


@pytest.fixture(scope="module")
def model():
    return compile_plant(whole(), STATES)


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
    space: dict = {}
    exec(torch_source(model), space)
    z, u, p = (torch.as_tensor(values) for values in (run(1).final[:, 0], model.inputs, model.parameters))
    exact = space["jacobian"](z, u, p).numpy()
    numeric = np.empty_like(exact)
    for column, nominal in enumerate(model.nominal):
        step = STEP_RATIO * max(abs(float(z[column])), float(nominal))
        ends = [space["rates"](z + sign * step * _unit(len(z), column), u, p).numpy() for sign in (1, -1)]
        numeric[:, column] = (ends[0] - ends[1]) / (2 * step)
    scale = np.abs(exact) * model.nominal[None, :]
    largest = np.max(scale, axis=1, keepdims=True) + 1e-300
    wrong = np.abs(exact - numeric) * model.nominal[None, :] / largest
    at = np.argwhere(wrong > DERIVATIVE_TOLERANCE)
    assert [(model.state_names[i], model.state_names[j], exact[i, j], numeric[i, j]) for i, j in at] == []


def _unit(size: int, index: int) -> torch.Tensor:
    return torch.nn.functional.one_hot(torch.tensor(index), size).to(torch.float64)
