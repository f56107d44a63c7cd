"""The loop of twelve states with a network of two hidden layers in its rates, for us and for torch.

Sixteen features (the states' distance from their start in typical sizes, and four parameters over their usual values)
give twelve outputs, each a small part of its state's typical size a second.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from physics.compiler.perceptron import Perceptron
from physics.compiler.printer import number
from physics.compiler.system import System, run_text
from physics.compiler.tape import Dual
from physics.simulate.model import IslandModel
from tests.benchmarks.simulate.island import Island
from tests.benchmarks.simulate.loop import loop

SHAPE = Perceptron((16, 64, 64, 12))
SHARE_PER_S = 1e-3
KEY = "net"


def hybrid(worlds: int, seed: int = 1) -> Island:
    """The loop with random weights; worlds differ in all parameters."""
    plain = loop(worlds, seed)
    island = plain.model.islands[0]
    system = _with_network(island.system)
    columns = np.arange(len(system.parameters))
    own = IslandModel(island.parts, system, columns, island.states, island.inputs, island.outputs)
    names, values = plain.model.parameter_names, plain.model.parameters
    model = replace(plain.model, islands=(own,), parameter_names=(*names, f"{KEY}.member"),
                    parameters=np.r_[values, 0.0], networks={KEY: weights(seed)})  # fmt: skip
    parameters = np.concatenate([plain.parameters, np.zeros((1, worlds))])
    return Island(model, plain.inputs, parameters, plain.start, plain.sizes)


def weights(seed: int) -> NDArray[np.float64]:
    """One set of weights, each layer's by the root of its inputs, shape [1, n]."""
    rng = np.random.default_rng(seed)
    layers = [rng.normal(size=((inner + 1) * outer)) / inner**0.5 for inner, outer in pairwise(SHAPE.sizes)]
    return np.concatenate(layers)[None]


def _with_network(system: System) -> System:
    tape, place = system.tape, f"p{len(system.parameters)}"
    features = []
    for k, state in enumerate(system.unknowns):
        scale = Dual(number(1 / state.nominal))
        features.append(tape.product(tape.total([Dual(f"z{k}", {k: "1.0"}), Dual(number(-state.start))]), scale))
    for k in range(SHAPE.sizes[0] - len(features)):
        features.append(tape.product(Dual(f"p{k}"), Dual(number(1 / (system.parameter_defaults[k] or 1.0)))))
    added = SHAPE.call(tape, place, features)
    rows = [
        tape.total([row, tape.product(more, Dual(number(SHARE_PER_S * state.nominal)))])
        for row, more, state in zip(system.rows, added, system.unknowns, strict=True)
    ]
    return replace(system, rows=tuple(rows), parameters=(*system.parameters, f"{KEY}.member"),
                   parameter_defaults=(*system.parameter_defaults, 0.0), representative=None,
                   tables=((len(system.parameters), SHAPE.weight_count),))  # fmt: skip


def torch_rates(problem: Island) -> Callable[..., Any]:
    """`rates(z [12, W], p [P, W], u [I, W], layers)` on torch tensors, worlds innermost as torch likes it best here."""
    import torch

    space = {f"{name}_": getattr(torch, name) for name in ("sqrt", "exp", "log", "tanh", "sin", "cos", "abs", "lt",
                                                           "le", "gt", "ge", "eq", "ne")}  # fmt: skip
    space["sqrt_"] = lambda x: torch.sqrt(torch.clamp(x, min=0.0))  # as our lanes do with 32 bits
    space |= {"and_": torch.logical_and, "or_": torch.logical_or, "not_": torch.logical_not, "atan_": torch.atan}
    space |= {"select_": torch.where, "torch": torch, SHAPE.name: _call}
    system = problem.model.islands[0].system
    roots = [row.name for row in system.rows]
    text = run_text(system.tape.needed(roots), roots).replace(f"{SHAPE.name}(", f"{SHAPE.name}(layers, ")
    exec(compile(f"def run(z, p, u, layers):\n{text}", "<torch>", "exec"), space)
    run = space["run"]
    return lambda z, p, u, layers: torch.stack(run(z, p, u, layers))


def _call(layers: Any, _place: Any, *features: Any) -> Any:
    import torch

    width = features[0].shape
    x = torch.stack([feature.expand(width) for feature in features])
    for k, (bias, matrix) in enumerate(layers):
        x = torch.addmm(bias, matrix, x)
        x = torch.tanh(x) if k + 1 < len(layers) else x
    return x


def torch_layers(table: Any) -> list[tuple[Any, Any]]:
    """Biases [out, 1] and matrices [out, in] out of one row of weights, a tensor."""
    return [(bias.clone(), matrix.clone()) for bias, matrix in _layers(table)]


def _layers(table: Any) -> Iterator[tuple[Any, Any]]:
    for first, (inner, outer) in zip(SHAPE.starts, pairwise(SHAPE.sizes), strict=True):
        own = table[first : first + (inner + 1) * outer].reshape(inner + 1, outer)
        yield own[0][:, None], own[1:].T


def torch_step(rates: Callable[..., Any], step_s: float) -> Callable[..., Any]:
    """One step of rk4."""

    def step(z: Any, p: Any, u: Any, layers: Any) -> Any:
        a = rates(z, p, u, layers)
        b = rates(z + (0.5 * step_s) * a, p, u, layers)
        c = rates(z + (0.5 * step_s) * b, p, u, layers)
        d = rates(z + step_s * c, p, u, layers)
        return z + (step_s / 6.0) * (a + 2.0 * b + 2.0 * c + d)

    return step
