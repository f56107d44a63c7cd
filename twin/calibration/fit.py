"""Fits a plant's free numbers to a window: many starts from the priors, one batch, whole free runs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from residual_models import noise
from residual_models.dataset import Numbers
from residual_models.levenberg import Array, Options, precision
from residual_models.train import Fit, Plan, Progress, fit
from twin.calibration.identify import Told, identify
from twin.calibration.study import Study
from twin.records.model import Calibration

TRADE_OFF = 0.95
"""Two numbers whose posterior correlation is beyond this move the outputs alike: the log cannot tell them apart."""

FINALISTS = 4
"""Starts that are fitted to the end after a first look at all of them."""

EDGE_SD = 0.05
"""Starts are drawn at least so many prior spreads inside the bounds."""


@dataclass(frozen=True)
class Fitted:
    """The best start's values [F], and the calibration that it makes."""

    best: Array
    calibration: Calibration


def calibrate(
    ready: Study,
    *,
    revision: int,
    starts: int = 16,
    seed: int = 0,
    near: Array | None = None,
    plan: Plan | None = None,
    progress: Progress | None = None,
) -> Fitted:
    """Fit physics alone.

    Args:
        ready: The window and the plant.
        revision: Of the scene, kept in the record.
        starts: How many first guesses; the first is the priors' mean.
        seed: Of the guesses.
        near: What an earlier fit found [F], the only first guess then.
        plan: How long to fit.
        progress: Told the finished share.
    """
    plan, tell = plan or Plan(), progress or (lambda _share, _text: None)
    guesses = first_guesses(ready.runs.numbers, starts, seed) if near is None else near[:, None]
    options: dict[str, Any] = {"own_starts": ready.own, "floor": ready.floor}
    look = replace(plan, rounds=plan.rounds[:1])
    found = fit(ready.runs, guesses, **options, plan=look, progress=lambda share, text: tell(0.5 * share, text))
    if len(plan.rounds) > 1:
        promising = found.values[:, np.argsort(np.nan_to_num(found.cost, nan=np.inf))[:FINALISTS]]
        rest = replace(plan, rounds=plan.rounds[1:])
        found = fit(
            ready.runs,
            promising,
            **options,
            expected=found.sigma,
            plan=rest,
            progress=lambda share, text: tell(0.5 + 0.5 * share, text),
        )
    best = int(np.argmin(np.where(np.isfinite(found.cost), found.cost, np.inf)))
    return Fitted(found.values[:, best], _calibration(ready, found, best, revision))


def first_guesses(numbers: Numbers, count: int, seed: int) -> Array:
    """Draws from the priors, shape [F, M], inside the bounds; the first is the mean."""
    draws = np.random.default_rng(seed).normal(size=(len(numbers), count))
    draws[:, :1] = 0.0
    guesses = numbers.mean[:, None] + numbers.sd[:, None] * draws
    room = EDGE_SD * numbers.sd
    low, high = numbers.low + room, np.maximum(numbers.high - room, numbers.low)
    return np.clip(guesses, np.minimum(low, high)[:, None], high[:, None])


def posterior(ready: Study, found: Fit, best: int) -> Told:
    """What the samples tell at the fit's end, each correlation time of the error counting once.

    The fit itself charges less for lasting errors, so that structure can still be found; a spread may not.
    """
    values = found.values[:, best : best + 1]
    runs = ready.runs.with_starts([start[:, best] for start in found.starts]).coarsened(values)
    tag = runs.tag_of_row
    share = np.minimum(1.0, runs.thin / found.tau[tag])
    told = precision(runs.problem(1.0 / found.sigma[tag][:, None], share), values, turn=Options().turn)
    return Told(values[:, 0], told[0], found.sigma, found.tau)


def _calibration(ready: Study, found: Fit, best: int, revision: int) -> Calibration:
    names, scale = ready.runs.numbers.names, ready.runs.numbers.sd
    told = posterior(ready, found, best)
    covariance = np.linalg.inv(told.precision) * np.outer(scale, scale)
    spread = np.sqrt(np.diag(covariance))
    correlation = covariance / np.maximum(np.outer(spread, spread), 1e-300)
    error = ready.spread_out(found.predicted)[:, :, best] - ready.measured()
    tags = ready.assembly.sensor_tags
    window = ready.window
    step_us = round(window.step_s * 1e6)
    return Calibration(
        names=names,
        values=found.values[:, best],
        spread=spread,
        correlation=correlation,
        noise_sd={tag: float(found.sigma[at]) for at, tag in enumerate(tags)},
        rmse={tag: float(noise.spread(error[:, at])) for at, tag in enumerate(tags)},
        unidentifiable=trading(names, correlation),
        scene_revision=revision,
        window=(window.start_us + ready.rows[0][0] * step_us, window.start_us + ready.rows[-1][1] * step_us),
        identifiability=identify(ready, told) if names else None,
    )


def trading(names: tuple[str, ...], correlation: Array) -> tuple[tuple[str, str], ...]:
    """Pairs of names that the log cannot tell apart."""
    first, second = np.nonzero(np.triu(np.abs(correlation) > TRADE_OFF, k=1))
    return tuple((names[i], names[j]) for i, j in zip(first, second, strict=True))
