"""ARX: each tag a linear function of the last samples of all tags and inputs, then run free.

Equations  y_k = c + Σ_i A_i y_{k-i} + Σ_j B_j u_{k-j}, j from 0      fitted by ridge least squares one step ahead
Source     Ljung, System Identification (1999), section 4.2
Valid      a free run of an unstable fit is held inside twice the range that training saw
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

RIDGE = 1e-6
"""Relative to the number of rows, of standardised signals: only keeps the solution finite."""


@dataclass(frozen=True)
class Arx:
    """A fitted model; coefficients act on standardised signals, rows: past outputs, inputs, one; shape [R, S]."""

    order: int
    coefficients: Array
    output_mean: Array
    output_sd: Array
    input_mean: Array
    input_sd: Array

    def free_run(self, before: Array, inputs: Array) -> Array:
        """Simulate from known outputs.

        Args:
            before: The `order` measured rows before the first predicted sample, shape [order, S].
            inputs: From `order` samples before the first predicted one on, shape [order + T, I].
        Returns: Shape [T, S].
        """
        past = [(row - self.output_mean) / self.output_sd for row in before]
        u = (inputs - self.input_mean) / self.input_sd
        limit = 2.0 * np.maximum(4.0, max(np.abs(row).max() for row in past))
        found = []
        for k in range(self.order, len(u)):
            row = np.concatenate([*past[: -self.order - 1 : -1], *u[k - self.order : k + 1], [1.0]])
            past.append(np.clip(row @ self.coefficients, -limit, limit))
            found.append(past[-1])
        return np.array(found).reshape(-1, len(self.output_mean)) * self.output_sd + self.output_mean


def fit(outputs: Array, inputs: Array, mask: NDArray[np.bool_], order: int) -> Arx:
    """Least squares over all rows whose whole past is known.

    Args:
        outputs: Shape [T, S].
        inputs: Shape [T, I].
        mask: Whether an output is known, shape [T, S].
        order: Number of past samples.
    """
    known = np.where(mask, outputs, np.nan)
    output_mean, output_sd = np.nanmean(known, axis=0), _scale(np.nanstd(known, axis=0))
    input_mean, input_sd = inputs.mean(axis=0), _scale(inputs.std(axis=0))
    y, u = (known - output_mean) / output_sd, (inputs - input_mean) / input_sd
    rows = [np.concatenate([*y[k - order : k][::-1], *u[k - order : k + 1], [1.0]]) for k in range(order, len(y))]
    design, target = np.array(rows), y[order:]
    complete = np.isfinite(design).all(axis=1) & np.isfinite(target).all(axis=1)
    design, target = design[complete], target[complete]
    information = design.T @ design + RIDGE * max(1, len(design)) * np.eye(design.shape[1])
    coefficients = np.linalg.solve(information, design.T @ target)
    return Arx(order, coefficients, output_mean, output_sd, input_mean, input_sd)


def _scale(sd: Array) -> Array:
    return np.where(sd > 0, sd, 1.0)
