"""Gradient of a 64-step rollout through what is learned, beside torch's eager backward pass.

Small network: perturbed copies, the whole Jacobian. 16-64-64-12 network: the adjoint of the very steps, all 5,964
weights, start values and parameters; torch takes the same steps.

Both give the slope of the mean squared level by every weight of the correction, for each world. Torch follows the
engine's own equations in its own steps: ROS2, L-stable, one step a sample (Verwer et al. 1999,
doi:10.1137/S1064827597326651).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from physics.network.plant import Network, Part, Plant
from physics.simulate.gradient import gradient
from physics.simulate.model import IslandModel, Model, compile_plant
from physics.simulate.rollout import Options, rollout
from physics.simulate.sensitivity import sensitivity
from physics.simulate.torch_source import torch_source
from tests.benchmarks.measure import Contender, Row, timed
from tests.benchmarks.simulate.hybrid_loop import KEY, SHAPE, hybrid, torch_layers, torch_rates, torch_step
from tests.benchmarks.simulate.island import Island
from tests.benchmarks.simulate.loop import STEP_S

STEPS, WORLDS, SAMPLE_S, HIDDEN = 64, 256, 10.0, 6
PARTS = (
    Part("mains", "reservoir", {"pressure_pa": 1.5e5}),
    Part("feed", "valve", {"flow_coefficient_m3_per_s": 1e-3}),
    Part("upper", "tank", {"area_m2": 0.5, "rim_level_m": 5.0}, {"level_m": 0.8}),
    Part("hole", "orifice", {"area_m2": 4e-4}),
    Part("lower", "tank", {"area_m2": 0.3, "rim_level_m": 5.0}, {"level_m": 0.3}),
    Part("drain", "orifice", {"area_m2": 4e-4}),
    Part("floor", "reservoir"),
)
LINKS = (
    ("mains.outlet", "feed.inlet"), ("feed.outlet", "upper.top"), ("upper.bottom", "hole.inlet"),
    ("hole.outlet", "lower.top"), ("lower.bottom", "drain.inlet"), ("drain.outlet", "floor.outlet"),
)  # fmt: skip


def problem() -> tuple[Model, list[str], np.ndarray, np.ndarray]:
    """Model, names of the weights, inputs [T, I], parameters [P, W] with random weights."""
    plant = Plant(PARTS, LINKS, (Network("hole", "extra_outflow_ratio", "net", HIDDEN),))
    model = compile_plant(plant, ["lower.level_m"])
    free = [n for n in model.parameter_names if n.startswith("net.") and not n.startswith(("net.low", "net.high"))]
    parameters = np.repeat(model.parameters[:, None], WORLDS, axis=1)
    rng = np.random.default_rng(3)
    for name in free:
        parameters[model.parameter_names.index(name)] = 0.5 * rng.standard_normal(WORLDS)
    inputs = np.repeat(model.inputs[None], STEPS + 1, axis=0)
    inputs[:, model.input_names.index("feed.opening_ratio")] = 0.6 + 0.3 * np.sin(np.arange(STEPS + 1) / 5)
    return model, free, inputs, parameters


def rows() -> Iterator[Row]:
    """One line: slopes of all weights in all worlds."""
    model, free, inputs, parameters = problem()

    def ours(rtol: float = 1e-4) -> np.ndarray:
        found = sensitivity(model, inputs=inputs, sample_s=SAMPLE_S, parameters=parameters, free=free,
                            options=Options(rtol=rtol))  # fmt: skip
        return 2 / (STEPS + 1) * np.einsum("tsm,tsfm->fm", found.outputs, found.jacobian)

    exact = ours(1e-9)
    size = np.abs(exact).max(axis=0)
    theirs = torch_run(model, free, inputs, parameters)
    us = Contender("Plantwin, rtol 1e-4", timed(ours), float(np.max(np.abs(ours() - exact) / size)))
    peer = Contender(
        "torch eager, ROS2, backward", timed(theirs, runs=3), float(np.max(np.abs(theirs() - exact) / size))
    )
    work = f"gradient of a {STEPS}-step hybrid rollout, {WORLDS} worlds, {len(free)} weights"
    yield Row(work, "≥ 8×", us, (peer,), numbers={"states": len(model.state_names)})
    yield _adjoint()


def _adjoint(worlds: int = WORLDS) -> Row:
    """Slopes of the mean squared states at the end by all weights, start values and parameters."""
    problem = hybrid(worlds)
    model, size = problem.model, problem.sizes[:, None]
    model = replace(model, output_names=model.state_names, islands=(_seeing_states(model),))
    inputs = np.repeat(problem.inputs, STEPS + 1, axis=0)
    free = [name for name in model.parameter_names if not name.startswith(KEY)]
    run: dict[str, Any] = {"inputs": inputs, "sample_s": STEP_S, "parameters": problem.parameters}

    def ours() -> np.ndarray:
        seen = rollout(model, **run, options=Options(method="rk4")).outputs
        owed = np.zeros_like(seen)
        owed[-1] = 2 * seen[-1] / size**2
        found = gradient(model, **run, cotangents=owed, free=free)
        return np.concatenate([found.networks[KEY].ravel(), (found.start * size).ravel()])

    theirs, found = _torch_adjoint(problem), [np.zeros(0)]

    def kept() -> None:
        found[:] = [theirs()]

    peer = Contender("torch eager, the same steps, backward", timed(kept, runs=2))
    gap = float(np.max(np.abs(ours() - found[0])) / np.max(np.abs(found[0])))
    us = Contender("Plantwin, rk4 and its adjoint, float64", timed(ours), gap)
    work = f"gradient of a {STEPS}-step hybrid rollout, {worlds} worlds, 16-64-64-12 network in the rates"
    return Row(work, "≥ 8×", us, (peer,), numbers={"weights": SHAPE.weight_count, "parameters": len(free)})


def _seeing_states(model: Model) -> IslandModel:
    island = model.islands[0]
    count = len(model.state_names)
    system = replace(island.system, outputs=tuple(f"z{k}" for k in range(count)), output_names=model.state_names)
    return replace(island, system=system, outputs=np.arange(count))


def _torch_adjoint(problem: Island) -> Any:
    """The same by torch: weights, then start values in typical sizes."""
    import torch

    table = torch.tensor(problem.model.networks[KEY][0], requires_grad=True)
    parameters = torch.tensor(problem.parameters, requires_grad=True)
    start = torch.tensor(np.repeat(problem.start[:, None], problem.parameters.shape[1], axis=1), requires_grad=True)
    driven, size = torch.tensor(problem.inputs[0]), torch.tensor(problem.sizes[:, None])
    step = torch_step(torch_rates(problem), STEP_S)

    def run() -> np.ndarray:
        for leaf in (table, parameters, start):
            leaf.grad = None
        layers, z = torch_layers(table), start
        for _ in range(STEPS):
            z = step(z, parameters, driven, layers)
        ((z / size) ** 2).sum().backward()
        assert table.grad is not None
        assert start.grad is not None
        return np.concatenate([table.grad.numpy(), (start.grad * size).numpy().ravel()])

    return run


def torch_run(model: Model, free: list[str], inputs: np.ndarray, parameters: np.ndarray) -> Any:
    """The same gradient by torch [F, W]."""
    import torch

    space: dict[str, Any] = {}
    exec(compile(torch_source(model), "<torch>", "exec"), space)
    rates, jacobian, outputs = space["rates"], space["jacobian"], space["outputs"]
    assert all(space["mass"])
    driven = torch.tensor(inputs)
    gamma = 1 - 2**-0.5
    identity = torch.eye(len(model.state_names), dtype=torch.float64)

    def step(z: Any, u: Any, p: Any) -> Any:
        matrix = identity - gamma * SAMPLE_S * jacobian(z, u, p)
        first = torch.linalg.solve(matrix, rates(z, u, p))
        second = torch.linalg.solve(matrix, rates(z + SAMPLE_S * first, u, p) - 2 * first)
        return z + SAMPLE_S * (1.5 * first + 0.5 * second)

    rows = [model.parameter_names.index(name) for name in free]

    def run() -> np.ndarray:
        p = torch.tensor(parameters.T.copy(), requires_grad=True)
        z = torch.tensor(np.repeat(model.start[None], WORLDS, axis=0))
        loss = torch.zeros((), dtype=torch.float64)
        for row in range(STEPS + 1):
            loss = loss + (outputs(z, driven[row], p) ** 2).sum()
            z = step(z, driven[row], p) if row < STEPS else z
        loss.backward()
        assert p.grad is not None
        return (p.grad.numpy()[:, rows] / (STEPS + 1)).T

    return run
