"""A black box of like size: a neural state-space model that knows inputs and outputs but no physics.

Equations  x_{k+1} = x_k + A x_k + B u_k + W2 tanh(W1 [x_k, u_k] + b1)      y_k = C x_k + d      x_0 free
Source     form of Suykens, Vandewalle, De Moor (1996); trained like the hybrid: Levenberg-Marquardt on the free run
Valid      signals standardised on the training record
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch

from residual_models.levenberg import Array, Options, Problem, Solution, minimise

STATES = 2
HIDDEN = 6
PRIOR_SD = 1.0
LIMIT = 10.0
"""States are held inside so many standard deviations: a diverging guess stays finite and is refused by its cost."""


@dataclass(frozen=True)
class BlackBox:
    """Trained members: numbers [F, M], the scaling of signals, and the free start states as their last rows."""

    values: Array
    input_scale: tuple[Array, Array]
    output_scale: tuple[Array, Array]

    def free_run(self, inputs: Array) -> Array:
        """Simulate from the trained start state by inputs [T, I] alone; shape [T, S, M]."""
        mean, sd = self.input_scale
        standard = torch.from_numpy((inputs - mean) / sd)
        outputs = len(self.output_scale[0])
        run = _simulate(torch.from_numpy(self.values), standard, outputs).numpy()
        found: Array = run * self.output_scale[1][:, None] + self.output_scale[0][:, None]
        return found


def train(
    inputs: Array,
    outputs: Array,
    *,
    members: int = 5,
    seed: int = 0,
    iterations: int = 60,
    progress: Callable[[int, Array], None] | None = None,
) -> BlackBox:
    """Fit members from different random starts to one record.

    Args:
        inputs: Shape [T, I].
        outputs: Shape [T, S].
        members: How many.
        seed: Of the starts.
        iterations: Of the solver.
        progress: Told after each iteration.
    """
    input_scale, output_scale = _scale(inputs), _scale(outputs)
    u = torch.from_numpy((inputs - input_scale[0]) / input_scale[1])
    y = (outputs - output_scale[0]) / output_scale[1]
    count = _count(inputs.shape[1], outputs.shape[1])
    start = 0.3 * np.random.default_rng(seed).normal(size=(count, members))

    def predict(values: Array) -> Array:
        run = _simulate(torch.from_numpy(values), u, outputs.shape[1]).numpy()
        return np.asarray(run.reshape(-1, values.shape[1]))

    def linearise(values: Array) -> tuple[Array, Array]:
        return _linearise(values, u, outputs.shape[1])

    problem = Problem(
        predict,
        linearise,
        y.reshape(-1),
        np.full((y.size, members), 10.0),
        np.full(y.size, 0.1),
        np.zeros(count),
        np.full(count, PRIOR_SD),
        np.full(count, -np.inf),
        np.full(count, np.inf),
    )
    found: Solution = minimise(problem, start, options=Options(iterations=iterations), progress=progress)
    return BlackBox(found.values, input_scale, output_scale)


def _count(inputs: int, outputs: int) -> int:
    wide = STATES + inputs
    return STATES * wide + HIDDEN * wide + HIDDEN + STATES * HIDDEN + outputs * STATES + outputs + STATES


def _simulate(values: torch.Tensor, u: torch.Tensor, outputs: int) -> torch.Tensor:
    """Outputs [T, S, K] for numbers [F, K]; differentiable."""
    inputs, wide = u.shape[1], STATES + u.shape[1]
    sizes = (STATES * wide, HIDDEN * wide, HIDDEN, STATES * HIDDEN, outputs * STATES, outputs, STATES)
    linear, first, bias, second, read, offset, x = torch.split(values, list(sizes))
    worlds = values.shape[1]
    # One matrix per world, [K, rows, columns]; 0.1 makes random linear parts slow, as a plant is beside its sampling.
    a = 0.1 * linear.T.reshape(worlds, STATES, wide)
    w1, w2 = first.T.reshape(worlds, HIDDEN, wide), 0.1 * second.T.reshape(worlds, STATES, HIDDEN)
    c, b1, d, state = read.T.reshape(worlds, outputs, STATES), bias.T, offset.T, x.T
    found = []
    for row in u:
        found.append((c @ state[:, :, None])[:, :, 0] + d)
        seen = torch.cat([state, row.expand(worlds, inputs)], dim=1)[:, :, None]
        hidden = torch.tanh((w1 @ seen)[:, :, 0] + b1)
        state = state + (a @ seen)[:, :, 0] + (w2 @ hidden[:, :, None])[:, :, 0]
        state = LIMIT * torch.tanh(state / LIMIT)
    return torch.stack(found).permute(0, 2, 1)


def _linearise(values: Array, u: torch.Tensor, outputs: int) -> tuple[Array, Array]:
    """Predictions [N, M] and slopes [N, F, M] by forward mode, all members and directions in one batch."""
    count, members = values.shape
    point = torch.from_numpy(values).repeat_interleave(count, dim=1)
    direction = torch.eye(count, dtype=torch.float64).repeat(1, members)
    with warnings.catch_warnings():
        # torch 2.13's forward mode still imports its own deprecated scripting.
        warnings.simplefilter("ignore", DeprecationWarning)
        run, slope = torch.func.jvp(lambda v: _simulate(v, u, outputs), (point,), (direction,), has_aux=False)[:2]
    rows = run.shape[0] * run.shape[1]
    predicted = run.reshape(rows, members, count)[:, :, 0].numpy()
    return np.ascontiguousarray(predicted), slope.reshape(rows, members, count).permute(0, 2, 1).numpy()


def _scale(signal: Array) -> tuple[Array, Array]:
    sd = signal.std(axis=0)
    return signal.mean(axis=0), np.where(sd > 0, sd, 1.0)
