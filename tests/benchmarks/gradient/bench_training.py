"""Time of one training step on the cascaded tanks: perturbed lanes beside torch back-propagation through the free run.

    python tests/benchmarks/gradient/bench_training.py [--samples 1024] [--members 4]

Prints one JSON line. Both take every weight and free parameter. The lanes give predictions and the whole Jacobian at
the engine's tolerance; torch gives the gradient of a sum of squares through one linearly implicit Euler step a sample
(eager mode, one thread), written by the same symbols.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch

from physics.simulate.sensitivity import sensitivity
from physics.simulate.torch_source import torch_source
from twin.assembly.assemble import assemble
from twin.scene.load import load

PLANT = Path(__file__).parents[3] / "examples" / "cascaded_tanks" / "plant.yaml"
STEP_S = 4.0
WEIGHTS = (".w1_", ".b1_", ".w2_", ".b2")


def by_lanes(model: Any, inputs: np.ndarray, parameters: np.ndarray, free: list[str]) -> float:
    """Seconds for predictions and Jacobian of every member; compiled beforehand."""

    def run(rows: np.ndarray) -> None:
        sensitivity(model, inputs=rows, sample_s=STEP_S, parameters=parameters, start=None, free=free)

    run(inputs[:8])
    begin = time.perf_counter()
    run(inputs)
    return time.perf_counter() - begin


def by_torch(model: Any, inputs: np.ndarray, parameters: np.ndarray) -> float:
    """Seconds for a free run of every member and the gradient back through it."""
    space: dict[str, Any] = {}
    exec(torch_source(model), space)
    begin = time.perf_counter()
    p = torch.tensor(parameters.T, requires_grad=True)
    z = torch.tensor(np.repeat(model.start[None], parameters.shape[1], axis=0))
    mass = torch.diag(torch.tensor(space["mass"], dtype=torch.float64))
    cost = torch.zeros(())
    for row in torch.tensor(inputs):
        u = row.expand(len(z), -1)
        cost = cost + (space["outputs"](z, u, p) ** 2).sum()
        step = torch.linalg.solve(
            mass - STEP_S * space["jacobian"](z, u, p), STEP_S * space["rates"](z, u, p)[..., None]
        )
        z = z + step[..., 0]
    cost.backward()
    return time.perf_counter() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=int, default=1024)
    parser.add_argument("--members", type=int, default=4)
    options = parser.parse_args()
    torch.set_num_threads(1)
    random = np.random.default_rng(0)
    assembly = assemble(load(PLANT.read_text()))
    model = assembly.compile()
    weights = [name for name in model.parameter_names if any(mark in name for mark in WEIGHTS)]
    free = [*weights, *(item.name for item in assembly.free if item.name in model.parameter_names)]
    parameters = np.repeat(model.parameters[:, None], options.members, axis=1)
    rows = [model.parameter_names.index(name) for name in weights]
    parameters[rows] = 0.1 * random.normal(size=(len(rows), options.members))
    inputs = np.repeat(model.inputs[None], options.samples, axis=0)
    volts = np.repeat(random.uniform(1.0, 5.0, -(-options.samples // 32)), 32)[: options.samples]
    inputs[:, model.input_names.index("rig/pump.voltage_v")] = volts
    lanes_s, torch_s = by_lanes(model, inputs, parameters, free), by_torch(model, inputs, parameters)
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
    result = {
        "benchmark": "training step", "samples": options.samples, "members": options.members, "free": len(free),
        "lanes_s": round(lanes_s, 3), "torch_s": round(torch_s, 2), "ratio": round(torch_s / lanes_s, 1), "seed": 0,
        "commit": commit,
    }  # fmt: skip
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
