"""The same symbols on torch tensors."""

import numpy as np
import pytest
import torch

from physics.network.plant import Network, Part, Plant
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Options, rollout
from physics.simulate.torch_source import torch_source
from tests.physics.parts import TYPES


@pytest.fixture(scope="module")
def model():
    parts = (
        Part("d", "decay"), Part("s", "supply"), Part("r", "resistor"), Part("q", "resistor"), Part("c", "capacitor"),
        Part("p", "pendulum"),
    )  # fmt: skip
    links = (("s.plus", "r.a"), ("r.b", "q.a"), ("q.b", "c.plus"))
    outputs = ["c.plus.voltage_v", "d.extra_ratio", "p.energy_ratio", "d.level_ratio", "s.voltage_v"]
    return compile_plant(Plant(parts, links, (Network("d", "extra_ratio", "k", 3),)), outputs, types=TYPES)


@pytest.fixture(scope="module")
def printed(model):
    space = {}
    exec(torch_source(model), space)
    return space


def batch(model, count):
    rng = np.random.default_rng(0)
    z = model.start[:, None] + rng.uniform(0.1, 1.0, (len(model.start), count))
    p = np.where(np.abs(model.parameters) < 1e8, rng.uniform(0.2, 1.0, len(model.parameters)), model.parameters)
    u = rng.uniform(1, 10, (1, len(model.input_names), count))
    return z, np.repeat(p[:, None], count, axis=1), u


def test_outputs_equal_what_the_lanes_observe(model, printed):
    z, p, u = batch(model, 5)
    run = rollout(model, inputs=u, sample_s=1e-9, parameters=p, start=z, options=Options(rtol=1e-10))
    consistent = torch.tensor(run.final.T)
    seen = printed["outputs"](consistent, torch.tensor(u[0].T), torch.tensor(p.T))
    np.testing.assert_allclose(seen.numpy(), run.outputs[0].T, rtol=1e-7)


def test_jacobian_is_the_derivative_of_the_rates(model, printed):
    z, p, u = (torch.tensor(a[..., 0]) for a in batch(model, 1))
    u = u[0]
    exact = torch.autograd.functional.jacobian(lambda x: printed["rates"](x, u, p), z)
    np.testing.assert_allclose(printed["jacobian"](z, u, p).numpy(), exact.numpy(), rtol=1e-9, atol=1e-12)


def test_mass_marks_the_differential_unknowns(model, printed):
    algebraic = [name for name, one in zip(model.state_names, printed["mass"], strict=True) if one == 0.0]
    assert algebraic == ["r.b.voltage_v"]


def test_an_implicit_step_in_torch_follows_the_rollout(model, printed):
    z, p, u = batch(model, 1)
    run = rollout(model, inputs=u, sample_s=0.01, parameters=p, start=z, options=Options(rtol=1e-10))
    mass = torch.diag(torch.tensor(printed["mass"], dtype=torch.float64))
    state, inputs, numbers = torch.tensor(z[:, 0]), torch.tensor(u[0, :, 0]), torch.tensor(p[:, 0])
    begin = state.clone()
    for _ in range(20):  # backward Euler by Newton
        residual = mass @ (state - begin) / 0.01 - printed["rates"](state, inputs, numbers)
        state = state - torch.linalg.solve(mass / 0.01 - printed["jacobian"](state, inputs, numbers), residual)
    np.testing.assert_allclose(state.numpy(), run.final[:, 0], rtol=2e-3, atol=2e-3)  # first order, h = 0.01
