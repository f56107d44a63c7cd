"""Training: free numbers (parameters, start values, weights) fitted jointly over whole free runs.

The expected error of each tag and the evidence of a sample are not known beforehand: they start at the spread of the
signal, and after each round they are measured on the samples that a member did not train on. While the model is bad
the priors rule; as it gets better the data do. A fit that only memorises does not lower its expected error.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residual_models import descent, noise, slopes
from residual_models.dataset import FreeRuns, Numbers
from residual_models.levenberg import Array, Options, minimise
from residual_models.starts import settle

Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class Plan:
    """How long to train: at most so many iterations per round; `start_samples` of each record set its own start values.

    `tolerance`: a member has done with the last round when its cost falls by less than this share; with a round before
    it, whose expected errors are only a first word, at `early_tolerance`.
    `evidence`: a sample is worth correlation time to this power less than an independent one. 1 would be right if the
    error were noise; it is mostly structure that a better model explains, so half of it (on a log scale) is charged.
    `folder`: where the training of large networks notes its state, to go on after a kill; nowhere if empty.
    """

    rounds: tuple[int, ...] = (8, 12, 20)
    tolerance: float = 1e-3
    early_tolerance: float = 1e-2
    evidence: float = 0.5
    start_samples: int = 5
    folder: str = ""


@dataclass(frozen=True)
class Fit:
    """What training found.

    Attributes: values [F, M]; covariance [M, F, F]; cost [M]; sigma [S], expected error per tag; tau [S], samples of
    the record per independent one; starts, per record [Z, M]; predicted, per record [T, S, M].
    """

    values: Array
    covariance: Array
    cost: Array
    sigma: Array
    tau: Array
    starts: tuple[Array, ...]
    predicted: tuple[Array, ...]


def fit(
    runs: FreeRuns,
    first: Array,
    *,
    held_out: NDArray[np.bool_] | None = None,
    own_starts: Numbers | None = None,
    floor: Array | None = None,
    expected: Array | None = None,
    plan: Plan | None = None,
    progress: Progress | None = None,
) -> Fit:
    """Fit all members side by side.

    Args:
        runs: Records and free numbers.
        first: Start values of the numbers, shape [F, M].
        held_out: Which samples a member must not see, shape [sum of T, M]; none by default.
        own_starts: Start values that each record has for itself, found from its first samples.
        floor: Smallest expected error per tag [S], the sensors' noise.
        expected: Error per tag [S] to begin with, where an earlier fit found it.
        plan: How long to train.
        progress: Told the finished share.
    """
    plan, tell = plan or Plan(), progress or (lambda _share, _text: None)
    runs = runs.coarsened(first[:, :1])
    values, members = first, first.shape[1]
    hidden = np.zeros((sum(len(r.inputs) for r in runs.records), members), bool) if held_out is None else held_out
    sensors = runs.records[0].measured.shape[1]
    hidden_rows = np.repeat(hidden, sensors, axis=0)[runs.rows]
    floor = np.zeros(sensors) if floor is None else floor
    sigma, tau = _first_noise(runs, floor)
    sigma = sigma if expected is None else expected
    runs = settle(runs, values, own_starts, sigma, plan.start_samples)
    if expected is not None:
        _sigma, tau = _noise(runs, runs.simulate(values), hidden, floor, sigma)
    for number, iterations in enumerate(plan.rounds):
        tag = runs.tag_of_row
        precision = np.where(hidden_rows, 0.0, 1.0 / sigma[tag][:, None])
        share = np.minimum(1.0, runs.thin / tau[tag] ** plan.evidence)
        last = number + 1 == len(plan.rounds)
        options = Options(iterations=iterations, tolerance=plan.tolerance if last else plan.early_tolerance)
        done = sum(plan.rounds[:number]) / sum(plan.rounds)
        width = iterations / sum(plan.rounds)

        def told(step: int, cost: Array, done: float = done, width: float = width, of: int = iterations) -> None:
            tell(done + width * step / of, f"best cost {np.min(cost):.4g}")

        if slopes.layered(runs):
            values, cost = _descended(runs, precision, share, values, iterations, plan, tell=told)
            covariance = np.zeros((members, 0, 0))
        else:
            solution = minimise(runs.problem(precision, share), values, options=options, progress=told)
            values, cost, covariance = solution.values, solution.cost, solution.covariance
        runs = settle(runs, values, own_starts, sigma, plan.start_samples)
        predicted = runs.simulate(values)
        sigma, tau = _noise(runs, predicted, hidden, floor, sigma)
    return Fit(values, covariance, cost, sigma, tau, runs.member_starts(values), tuple(predicted))


def _descended(
    runs: FreeRuns,
    precision: Array,
    share: Array,
    values: Array,
    iterations: int,
    plan: Plan,
    *,
    tell: Callable[[int, Array], None],
) -> tuple[Array, Array]:
    """Values [F, M] and cost [M] by the adjoint's slopes, where networks of several layers are free."""
    each = descent.STEPS_PER_ITERATION
    found = descent.descend(
        slopes.Slopes(runs, precision, share, *slopes.way(runs, values[:, :1])),
        runs.numbers,
        values,
        options=descent.Options(steps=iterations * each, folder=plan.folder),
        progress=lambda step, cost: tell(step // each, cost),
    )
    return found.values, found.cost


def _first_noise(runs: FreeRuns, floor: Array) -> tuple[Array, Array]:
    """The signal's own spread, and as few independent samples as it has."""
    measured = np.concatenate([np.where(r.mask, r.measured, np.nan) for r in runs.records])
    centred = measured - np.nanmedian(measured, axis=0)
    sigma = np.array([max(noise.spread(column), small) for column, small in zip(centred.T, floor, strict=True)])
    tau = np.array([noise.correlation_time(column) for column in centred.T])
    return np.where(np.isfinite(sigma) & (sigma > 0), sigma, 1.0), tau


def _noise(
    runs: FreeRuns, predicted: list[Array], hidden: NDArray[np.bool_], floor: Array, before: Array
) -> tuple[Array, Array]:
    """Expected error and correlation time per tag, on unseen samples where there are any; good members only."""
    measured = np.concatenate([np.where(r.mask, r.measured, np.nan) for r in runs.records])
    error = np.concatenate(predicted) - measured[:, :, None]
    unseen = np.where(hidden[:, None, :], error, np.nan) if hidden.any() else error
    sigma, tau = np.empty(error.shape[1]), np.empty(error.shape[1])
    for tag in range(error.shape[1]):
        spreads = np.array([noise.spread(unseen[:, tag, member]) for member in range(error.shape[2])])
        middle = float(np.median(spreads)) if hidden.any() else float(np.min(spreads))
        sigma[tag] = np.clip(middle, floor[tag], before[tag]) if np.isfinite(middle) else before[tag]
        good = int(np.argsort(spreads)[(len(spreads) - 1) // 2 if hidden.any() else 0])
        tau[tag] = noise.correlation_time(error[:, tag, good])
    return np.maximum(sigma, 1e-12), tau
