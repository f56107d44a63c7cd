"""Use case: what a model version's numbers are known to, by draws from the posterior itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residual_models import stretch
from residual_models.levenberg import Problem
from residual_models.noise import correlation_time
from residual_models.starts import settle
from twin.calibration.replay import START_SAMPLES
from twin.calibration.study import Study, study
from twin.errors import NotReady
from twin.records.model import Calibration
from twin.services import models, windows
from twin.services.basis import stand_on
from twin.services.context import Context, Progress, silent

Floats = NDArray[np.float64]

STEPS = 200
QUANTILES = (0.05, 0.5, 0.95)
BEGIN_SHARE = 0.5
"""Walkers begin within half of the normal approximation's spread, where worlds are sound."""


@dataclass(frozen=True)
class Posterior:
    """Attributes: names [F]; values and spread [F], of the fit and its normal approximation; quantiles [F, 3] at 5, 50
    and 95 % of the draws; independent [F], how many of the draws tell something of their own; accepted, share of moves.
    """

    names: tuple[str, ...]
    values: Floats
    spread: Floats
    quantiles: Floats
    independent: Floats
    accepted: float


def sample(
    context: Context,
    plant: str,
    *,
    version: int | None = None,
    steps: int = STEPS,
    seed: int = 0,
    progress: Progress = silent,
) -> Posterior:
    """Draw from the posterior of physics alone, on the window that the version was calibrated on.

    Errors count as they did for its spread: a correlation time of each tag's error as one sample.

    Args:
        context: Access to the database.
        plant: Name of the plant.
        version: Of the model; the champion by default.
        steps: Moves of every walker.
        seed: Of every draw.
        progress: Told the finished share.
    Raises: NotFound; NotReady, when no model is in service or nothing was free.
    """
    model = models.champion(context, plant) if version is None else models.get(context, plant, version)
    known = model.calibration
    basis = stand_on(context, plant, revision=model.scene_revision, version=model.version)
    window = windows.window(context, plant, known.window[0], known.window[1], revision=model.scene_revision)
    ready = study(basis.assembly, basis.assembly.compile(), window)
    names = ready.runs.numbers.names
    if not names:
        raise NotReady(f"plant {plant!r}: its file frees no number. Give a parameter a prior first.")
    at = [known.names.index(name) for name in names]
    values, spread = known.values[at][:, None], known.spread[at][:, None]
    problem = _problem(ready, known, values)
    walkers = 4 * (len(at) // 2 + 1)
    begin = values + BEGIN_SHARE * spread * np.random.default_rng(seed).normal(size=(len(at), walkers))
    found = stretch.sample(
        lambda trial: _density(problem, trial),
        np.clip(begin, problem.low[:, None], problem.high[:, None]),
        steps=steps,
        seed=seed,
        progress=lambda share: progress(share, "drawing"),
    )
    quantiles = np.quantile(found.values, QUANTILES, axis=1).T
    return Posterior(names, known.values[at], known.spread[at], quantiles, found.independent, found.accepted)


def _problem(ready: Study, known: Calibration, values: Floats) -> Problem:
    """The fit with the expected error that unseen samples showed and its correlation time at the fitted values."""
    sigma = np.array([known.noise_sd[tag] for tag in ready.assembly.sensor_tags])
    runs = settle(ready.runs, values, ready.own, sigma, START_SAMPLES)
    measured = np.concatenate([np.where(one.mask, one.measured, np.nan) for one in runs.records])
    error = np.concatenate(runs.simulate(values))[:, :, 0] - measured
    tau = np.array([correlation_time(column - np.nanmean(column)) for column in error.T])
    tag = runs.tag_of_row
    return runs.problem(1.0 / sigma[tag][:, None], np.minimum(1.0, runs.thin / tau[tag]))


def _density(problem: Problem, trial: Floats) -> Floats:
    """Log of the posterior density of numbers [F, K] up to a constant; -inf out of bounds and where a world failed."""
    inside = ((trial >= problem.low[:, None]) & (trial <= problem.high[:, None])).all(axis=0)
    height = np.full(trial.shape[1], -np.inf)
    if inside.any():
        error = problem.precision * (problem.predict(trial[:, inside]) - problem.target[:, None])
        off = np.where(problem.precision > 0, error, 0.0)
        away = (trial[:, inside] - problem.mean[:, None]) / problem.sd[:, None]
        cost = 0.5 * (problem.share[:, None] * off**2).sum(axis=0) + 0.5 * (away**2).sum(axis=0)
        height[inside] = np.where(np.isfinite(cost), -cost, -np.inf)
    return height
