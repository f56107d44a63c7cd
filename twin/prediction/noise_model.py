"""Learns what the model's errors do next, so that only the surprising part of an error is left.

The filtered hybrid is the physics' free run plus this additive disturbance d, one value per tag; the innovation is what
neither explains. With zero physics it is a plain vector autoregression, the baseline that stands beside the hybrid.

Equations  d_t = c + A_1 d_{t-1} + … + A_p d_{t-p} + e_t,  e_t the innovation
Symbols    d error (measured minus predicted) over its training spread, p order (0: a constant), A by ridge regression
Source     Ljung, System Identification (1999), section 4.2: y = G u + H e with a one-step predictor; Lütkepohl (2005),
           section 3.2 for the vector regression
Assumes    the errors' dynamics in the training rows hold later; a missing tag counts as its expected value
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# A tag that stands still in training has no spread of its own: this share of its size stands in for it.
SMALLEST_SPREAD = 1e-6


@dataclass(frozen=True)
class NoiseModel:
    """One-step predictor of the errors of S tags.

    Attributes: centre and scale [S], the training errors' mean and spread; lags [p, S, S], A_k as row-vector maps;
    offset [S]; covariance [S, S] of the training innovations, in units of `scale`.
    """

    centre: NDArray[np.float64]
    scale: NDArray[np.float64]
    lags: NDArray[np.float64]
    offset: NDArray[np.float64]
    covariance: NDArray[np.float64]

    @property
    def order(self) -> int:
        """How many past samples the prediction reads."""
        return len(self.lags)


def fit(errors: NDArray[np.float64], usable: NDArray[np.bool_], *, order: int, ridge: float) -> NoiseModel:
    """Fit the predictor on the usable rows of one stretch.

    Args:
        errors: Measured minus predicted, SI, shape [T, S], NaN where missing.
        usable: Rows that may be learned from, shape [T]; a row counts only with its `order` predecessors.
        order: Number of lags p.
        ridge: Penalty on the standardised coefficients; in units of rows.
    """
    known = errors[usable]
    centre = np.nanmean(known, axis=0)
    scale = np.maximum(np.nanstd(known, axis=0), SMALLEST_SPREAD * np.maximum(1.0, np.abs(centre)))
    d = np.nan_to_num((errors - centre) / scale, nan=0.0)
    rows = _complete(usable, order)
    design = np.column_stack([_lagged(d, order), np.ones(len(d) - order)])[rows[order:]]
    target = d[order:][rows[order:]]
    penalty = ridge * np.eye(design.shape[1])
    penalty[-1, -1] = 1e-9
    coefficients = np.linalg.solve(design.T @ design + penalty, design.T @ target)
    size = errors.shape[1]
    lags = coefficients[:-1].reshape(order, size, size)
    covariance = np.atleast_2d(np.cov((target - design @ coefficients).T))
    return NoiseModel(centre, scale, lags, coefficients[-1], covariance)


def innovations(model: NoiseModel, errors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Standardised innovations: identity covariance over the training rows.

    Args:
        model: The fitted predictor.
        errors: Measured minus predicted, SI, shape [T, S], NaN where missing.
    Returns: Shape [T, S]; zero in the first `order` rows and where a tag is missing.
    """
    return np.asarray(np.linalg.solve(_factor(model.covariance), _unexpected(model, errors).T).T)


def tag_innovations(model: NoiseModel, errors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Innovations of each tag over its own training spread, not yet freed of what the tags have in common, [T, S]."""
    spread = np.sqrt((_factor(model.covariance) ** 2).sum(axis=1))
    return np.asarray(_unexpected(model, errors) / spread)


def forecast(model: NoiseModel, errors: NDArray[np.float64], steps: int) -> NDArray[np.float64]:
    """Expected errors after the last row, SI, shape [steps, S]; what the filter adds to the free run."""
    past = list(np.nan_to_num((errors[-model.order :] - model.centre) / model.scale, nan=0.0))
    ahead = []
    for _ in range(steps):
        recent = np.concatenate(past[: -model.order - 1 : -1])
        past.append(recent @ model.lags.reshape(-1, len(model.centre)) + model.offset)
        ahead.append(past[-1] * model.scale + model.centre)
    return np.array(ahead)


def _unexpected(model: NoiseModel, errors: NDArray[np.float64]) -> NDArray[np.float64]:
    d = (errors - model.centre) / model.scale
    expected = _lagged(np.nan_to_num(d, nan=0.0), model.order) @ np.vstack(list(model.lags)) if model.order else 0.0
    found = np.zeros_like(d)
    found[model.order :] = np.nan_to_num(d[model.order :] - expected - model.offset, nan=0.0)
    return found


def _lagged(d: NDArray[np.float64], order: int) -> NDArray[np.float64]:
    """Rows t ≥ order of [d_{t-1}, …, d_{t-p}], shape [T - p, p S]."""
    return np.hstack([np.zeros((len(d) - order, 0)), *(d[order - lag : len(d) - lag] for lag in range(1, order + 1))])


def _complete(usable: NDArray[np.bool_], order: int) -> NDArray[np.bool_]:
    """Rows that are usable together with all their predecessors."""
    rows = usable.copy()
    rows[:order] = False
    for lag in range(1, order + 1):
        rows[lag:] &= usable[:-lag]
    return rows


def _factor(covariance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cholesky factor with a floor, for tags that move exactly together in training."""
    floor = 1e-3 * np.trace(covariance) / len(covariance)
    return np.asarray(np.linalg.cholesky(covariance + floor * np.eye(len(covariance))), np.float64)
