"""Runs a model version freely over a window and says what each member expected."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from physics.simulate.rollout import rollout
from residual_models.dataset import FreeRuns
from residual_models.ensemble import central
from residual_models.levenberg import Array
from residual_models.starts import settle
from twin.calibration.study import START, Study
from twin.records.model import Calibration, Residual

START_SAMPLES = 5
"""Samples at the beginning of a stretch that may set its start state; nothing measured later enters."""


@dataclass(frozen=True)
class Replay:
    """Predictions on the window's grid: central [T, S], members [T, S, M], starts per record [Z, M]."""

    central: Array
    members: Array
    starts: tuple[Array, ...]


def replay(ready: Study, calibration: Calibration, residual: Residual | None) -> Replay:
    """Simulate every record of a study from its own first samples on.

    Args:
        ready: The window and the plant.
        calibration: Values of the free numbers; used for all that the residual's members do not set.
        residual: Members with their own numbers and weights; None runs physics alone.
    """
    parameters, starts = worlds(ready, calibration, residual)
    sigma = np.array([calibration.noise_sd.get(tag, 1.0) for tag in ready.assembly.sensor_tags])
    runs = ready.runs.with_starts([starts[:, 0]] * len(ready.runs.records))
    nothing = ready.own.only(np.zeros(len(ready.own), bool))
    found, begins = [], []
    for member in range(parameters.shape[1]):
        one = runs.with_numbers(nothing, parameters[:, member]).with_starts([starts[:, member]] * len(runs.records))
        one = settle(one, np.zeros((0, 1)), ready.own, sigma, START_SAMPLES)
        begins.append([record.start for record in one.records])
    for at, record in enumerate(runs.records):
        begin = np.stack([starts_of[at] for starts_of in begins], axis=1)
        found.append(_simulate(runs, record.inputs, parameters, begin))
    members = ready.spread_out(tuple(found))
    middle = ready.spread_out(central(found))
    return Replay(middle, members, tuple(np.stack([s[at] for s in begins], axis=1) for at in range(len(runs.records))))


def worlds(ready: Study, calibration: Calibration, residual: Residual | None) -> tuple[Array, Array]:
    """Engine parameters [P, M] and start states [Z, M] of every member of a model version."""
    members = 1 if residual is None else len(residual.weights)
    model = ready.model
    parameters = np.repeat(model.parameters[:, None], members, axis=1)
    starts = np.repeat(model.start[:, None], members, axis=1)
    place = {name: (parameters, at) for at, name in enumerate(model.parameter_names)}
    place |= {f"{name}{START}": (starts, at) for at, name in enumerate(model.state_names)}
    layers = [(calibration.names, np.repeat(calibration.values[:, None], members, axis=1))]
    if residual is not None:
        layers += [(residual.parameter_names, residual.parameters.T), (residual.names, residual.weights.T)]
    for names, values in layers:
        for name, value in zip(names, values, strict=True):
            if name in place:
                target, row = place[name]
                target[row] = value
    return parameters, starts


def _simulate(runs: FreeRuns, inputs: Array, parameters: Array, start: Array) -> Array:
    return rollout(
        runs.model, inputs=inputs, sample_s=runs.sample_s, parameters=parameters, start=start, options=runs.options
    ).outputs[:, runs.columns]
