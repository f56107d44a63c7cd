"""Batched Levenberg-Marquardt with Gaussian priors, bounds and a robust loss; members are solved side by side.

Equations  cost(z) = 1/2 |z|^2 + sum_n q_n h(r_n)      r_n = s_n (f_n(θ) - y_n)      θ = mean + sd z
           h(r) = δ^2 (sqrt(1 + (r / δ)^2) - 1)        (JᵀWJ + I + μ D) dz = -(JᵀW r + z),  W = q / sqrt(1 + (r / δ)^2)
Symbols    z standardised free numbers, s_n precision (one over the expected error), q_n share of a sample that counts
           as independent, δ where the loss turns from square to linear, μ damping, D diagonal of the matrix before it
Source     Marquardt (1963), doi:10.1137/0111030; pseudo-Huber loss: Charbonnier et al. (1997), doi:10.1109/83.551699
Valid      the linearisation may be approximate: a step is taken only where the true cost falls
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray

Array = NDArray[np.float64]

torch.set_num_threads(1)
"""The matrices are small: a second thread mostly waits, and takes the core from the simulation."""

DAMPINGS = (0.01, 0.1, 1.0, 10.0)
"""Factors on a member's damping that are tried side by side in one batch of worlds."""

DAMPING_LIMITS = (1e-8, 1e8)
DAMPING_RAISE = 1e3
"""After a batch without a better trial: the next one begins where this one ended."""
DAMPING_STALLED = 1e3
"""A step that is damped more than this and does not lower the cost would not move a number by what it is known to."""


@dataclass(frozen=True)
class Problem:
    """Data, model and prior of one fit.

    Attributes: predict, maps θ [F, K] to [N, K], NaN where a world failed; linearise, maps θ [F, M] to predictions
    [N, M] and their Jacobian [N, F, M]; target [N]; precision [N, M], zero where a sample does not count; share [N],
    the part of a sample that is independent evidence; mean, sd, low, high [F] of the free numbers.
    """

    predict: Callable[[Array], Array]
    linearise: Callable[[Array], tuple[Array, Array]]
    target: Array
    precision: Array
    share: Array
    mean: Array
    sd: Array
    low: Array
    high: Array

    def only(self, members: NDArray[np.intp]) -> Problem:
        """The same for some of the members."""
        return replace(self, precision=self.precision[:, members])


@dataclass(frozen=True)
class Options:
    """When a member has done: its cost falls by less than the share `tolerance`, or no longer at all.

    `turn` is δ, in expected errors, infinite for plain least squares.
    """

    iterations: int = 30
    tolerance: float = 1e-4
    damping: float = 1e-2
    turn: float = 3.0


@dataclass(frozen=True)
class Solution:
    """Values [F, M], final cost [M], Laplace covariance [M, F, F] and predictions [N, M] at the values."""

    values: Array
    cost: Array
    covariance: Array
    predicted: Array
    iterations: int


def minimise(
    problem: Problem,
    start: Array,
    *,
    options: Options | None = None,
    progress: Callable[[int, Array], None] | None = None,
) -> Solution:
    """Fit every member from its own start.

    Args:
        problem: Data, model and prior.
        start: First guess, shape [F, M]; moved inside the bounds.
        options: When to stop and how to treat outliers.
        progress: Called after each iteration with its number and the costs [M].
    """
    options = options or Options()
    values = np.clip(start, problem.low[:, None], problem.high[:, None])
    damping = np.full(values.shape[1], options.damping)
    predicted, matrix, gradient = _normal(problem, values, options)
    cost = _cost(problem, predicted, values, options)
    busy, done = np.arange(values.shape[1]), 0
    while len(busy) and done < options.iterations:
        done += 1
        trials, factors = _trials(problem, values[:, busy], matrix[busy], gradient[busy], damping[busy])
        best, best_cost = _choose(problem.only(busy), trials, options)
        better = best_cost < cost[busy]
        moved = busy[better]
        finished = np.where(
            better, cost[busy] - best_cost < options.tolerance * cost[busy], damping[busy] > DAMPING_STALLED
        )
        damping[busy] = np.clip(damping[busy] * np.where(better, factors[best], DAMPING_RAISE), *DAMPING_LIMITS)
        values[:, moved] = trials[:, best, np.arange(len(busy))][:, better]
        cost[moved] = best_cost[better]
        if progress:
            progress(done, cost)
        if len(moved):
            predicted[:, moved], matrix[moved], gradient[moved] = _normal(
                problem.only(moved), values[:, moved], options
            )
        busy = busy[~finished]
    return Solution(values, cost, _covariance(problem, matrix), predicted, done)


def precision(problem: Problem, values: Array, *, turn: float = np.inf) -> Array:
    """Posterior precision at values [F, M] in prior spreads, prior included, shape [M, F, F]."""
    _predicted, matrix, _gradient = _normal(problem, values, Options(turn=turn))
    found: Array = matrix.numpy()
    return found


def _normal(problem: Problem, values: Array, options: Options) -> tuple[Array, torch.Tensor, torch.Tensor]:
    """Gauss-Newton matrix [M, F, F] and gradient [M, F] in standardised numbers, prior included."""
    predicted, jacobian = problem.linearise(values)
    usable = (problem.precision > 0) & np.isfinite(predicted)
    error = np.where(usable, problem.precision * (predicted - problem.target[:, None]), 0.0)
    weight = problem.share[:, None] * _tail(error, options.turn)
    scaled = torch.from_numpy(np.nan_to_num(jacobian)) * torch.from_numpy(problem.sd)[None, :, None]
    scaled = scaled * torch.from_numpy(np.where(usable, problem.precision, 0.0))[:, None, :]
    rows = scaled.permute(2, 1, 0)
    weighted = rows * torch.from_numpy(weight.T.copy())[:, None, :]
    standard = torch.from_numpy(((values - problem.mean[:, None]) / problem.sd[:, None]).T.copy())
    matrix = weighted @ rows.transpose(1, 2) + torch.eye(len(problem.mean), dtype=torch.float64)
    gradient = (weighted @ torch.from_numpy(error.T.copy())[:, :, None])[:, :, 0] + standard
    return predicted, matrix, gradient


def _trials(
    problem: Problem, values: Array, matrix: torch.Tensor, gradient: torch.Tensor, damping: Array
) -> tuple[Array, Array]:
    """Steps for every damping, shape [F, D, M]; numbers held by a bound do not take part."""
    standard = (values - problem.mean[:, None]) / problem.sd[:, None]
    low = (problem.low - problem.mean) / problem.sd
    high = (problem.high - problem.mean) / problem.sd
    slope = gradient.numpy().T
    held = ((standard <= low[:, None]) & (slope > 0)) | ((standard >= high[:, None]) & (slope < 0))
    free = torch.from_numpy((~held).T.astype(float))
    reduced = matrix * free[:, :, None] * free[:, None, :] + torch.diag_embed(1.0 - free)
    diagonal = torch.diagonal(reduced, dim1=1, dim2=2)
    trials = []
    for factor in DAMPINGS:
        lifted = reduced + torch.diag_embed(diagonal * torch.from_numpy(damping * factor)[:, None])
        step = -torch.linalg.solve(lifted, (gradient * free)[:, :, None])[:, :, 0]
        moved = np.clip(standard + step.numpy().T, low[:, None], high[:, None])
        trials.append(problem.mean[:, None] + problem.sd[:, None] * moved)
    return np.stack(trials, axis=1), np.array(DAMPINGS)


def _choose(problem: Problem, trials: Array, options: Options) -> tuple[NDArray[np.int64], Array]:
    """Run all trial steps of all members in one batch; the best trial and its cost per member."""
    count, dampings, members = trials.shape
    predicted = problem.predict(trials.reshape(count, dampings * members))
    wide = Problem(**{**vars(problem), "precision": np.tile(problem.precision, (1, dampings))})
    cost = _cost(wide, predicted, trials.reshape(count, -1), options).reshape(dampings, members)
    best = np.argmin(cost, axis=0)
    return best, cost[best, np.arange(members)]


def _cost(problem: Problem, predicted: Array, values: Array, options: Options) -> Array:
    """Cost per member; infinite where a counted prediction is not finite."""
    counted = problem.precision > 0
    error = np.where(counted, problem.precision * (predicted - problem.target[:, None]), 0.0)
    if np.isinf(options.turn):
        loss = 0.5 * error**2
    else:
        loss = options.turn**2 * (np.sqrt(1.0 + (error / options.turn) ** 2) - 1.0)
    data = np.sum(problem.share[:, None] * loss, axis=0)
    prior = 0.5 * np.sum(((values - problem.mean[:, None]) / problem.sd[:, None]) ** 2, axis=0)
    return np.where(np.isfinite(data), data + prior, np.inf)


def _tail(error: Array, turn: float) -> Array:
    return np.ones_like(error) if np.isinf(turn) else 1.0 / np.sqrt(1.0 + (error / turn) ** 2)


def _covariance(problem: Problem, matrix: torch.Tensor) -> Array:
    """Laplace approximation in the numbers' own units, shape [M, F, F]."""
    inverse = torch.linalg.inv(matrix).numpy()
    spread: Array = inverse * problem.sd[None, :, None] * problem.sd[None, None, :]
    return spread
