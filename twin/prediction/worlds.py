"""Draws the worlds that a model version leaves possible: parameters, start states and corrections of each.

Symbols    θ = value + spread · L n, with L the Cholesky factor of the correlation and n standard normal per name
Assumes    a Gaussian posterior, cut at the range that each quantity declares; every member equally likely
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from physics.simulate import streams
from physics.simulate.model import Model
from twin.assembly.assembly import Assembly, Free
from twin.records.model import Calibration, Residual

START = "@start"


@dataclass(frozen=True)
class Worlds:
    """W possible copies of one compiled plant.

    Attributes: model, the compiled plant; parameters [P, W] and start [Z, W], as the engine takes them; names [F] and
    draws [F, W], what was drawn, for saying what a spread comes from; seed, of every draw.
    """

    model: Model
    parameters: NDArray[np.float64]
    start: NDArray[np.float64]
    names: tuple[str, ...]
    draws: NDArray[np.float64]
    seed: int

    @property
    def count(self) -> int:
        """Number of worlds, W."""
        return int(self.parameters.shape[1])

    def only(self, which: slice | NDArray[np.intp]) -> Worlds:
        """Some of the worlds, in this order, one as often as it is named."""
        return replace(
            self, parameters=self.parameters[:, which], start=self.start[:, which], draws=self.draws[:, which]
        )


def from_priors(assembly: Assembly, *, scene_revision: int) -> Calibration:
    """What is believed before any log was read: the scene's priors, independent of each other."""
    free = assembly.free
    return Calibration(
        names=tuple(item.name for item in free),
        values=np.array([item.mean for item in free], np.float64),
        spread=np.array([item.sd for item in free], np.float64),
        correlation=np.eye(len(free)),
        noise_sd=dict(assembly.noise_sd),
        rmse={},
        unidentifiable=(),
        scene_revision=scene_revision,
        window=(0, 0),
    )


def draw(
    model: Model,
    calibration: Calibration,
    residual: Residual | None,
    *,
    free: tuple[Free, ...],
    worlds: int,
    seed: int,
) -> Worlds:
    """Draw worlds from a model version.

    Args:
        model: The compiled plant, corrections as networks.
        calibration: Posterior of the free numbers; names that the plant does not know are ignored.
        residual: Trained corrections, one member drawn per world; None leaves them at zero.
        free: The plant's free numbers, for the range that each must stay in.
        worlds: How many.
        seed: Of every draw.
    """
    parameters = np.repeat(model.parameters[:, None], worlds, axis=1)
    start = np.repeat(model.start[:, None], worlds, axis=1)
    member = _members(residual, worlds, seed)
    drawn = _posterior(calibration, residual, member, free, worlds, seed)
    row_of = {name: (parameters, index) for index, name in enumerate(model.parameter_names)}
    row_of |= {f"{name}{START}": (start, index) for index, name in enumerate(model.state_names)}
    for name, values in zip(calibration.names, drawn, strict=True):
        if name in row_of:
            target, index = row_of[name]
            target[index] = values
    if residual is not None:
        for name, weights in zip(residual.names, residual.weights.T, strict=True):
            if name in row_of:
                target, index = row_of[name]
                target[index] = weights[member]
    return Worlds(model, parameters, start, calibration.names, drawn, seed)


def without_residual(worlds: Worlds, residual: Residual | None) -> Worlds:
    """The same worlds with every correction at zero: physics alone."""
    if residual is None:
        return worlds
    parameters = worlds.parameters.copy()
    weights = set(residual.names)
    for index, name in enumerate(worlds.model.parameter_names):
        if name in weights:
            parameters[index] = worlds.model.parameters[index]
    return Worlds(worlds.model, parameters, worlds.start, worlds.names, worlds.draws, worlds.seed)


def normal_of(seed: int, worlds: int, entities: tuple[str, ...]) -> NDArray[np.float64]:
    """One standard normal number per entity and world, shape [entities, W]."""
    rows = [streams.normal_by_world(seed, worlds, entity, 1)[0] for entity in entities]
    return np.array(rows, np.float64).reshape(len(entities), worlds)


def _members(residual: Residual | None, worlds: int, seed: int) -> NDArray[np.int64]:
    count = 1 if residual is None else len(residual.weights)
    chance = streams.uniform_by_world(seed, worlds, "residual member", 1)[0]
    return np.asarray(np.minimum(chance * count, count - 1), np.int64)


def _posterior(
    calibration: Calibration,
    residual: Residual | None,
    member: NDArray[np.int64],
    free: tuple[Free, ...],
    worlds: int,
    seed: int,
) -> NDArray[np.float64]:
    """Values of the free numbers, shape [F, W], centred on each world's member where that was trained jointly."""
    names = calibration.names
    if not names:
        return np.zeros((0, worlds))
    chance = normal_of(seed, worlds, names)
    centre = np.repeat(calibration.values[:, None], worlds, axis=1)
    if residual is not None:
        for column, name in enumerate(residual.parameter_names):
            if name in names:
                centre[names.index(name)] = residual.parameters[member, column]
    drawn = centre + calibration.spread[:, None] * (_root(calibration.correlation) @ chance)
    ranges = {item.name: (item.low, item.high) for item in free}
    low, high = np.array([ranges.get(name, (-np.inf, np.inf)) for name in names]).T
    return np.asarray(np.clip(drawn, low[:, None], high[:, None]), np.float64)


def _root(correlation: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cholesky factor, with the floor that a correlation estimated from few samples needs."""
    return np.asarray(np.linalg.cholesky(correlation + 1e-9 * np.eye(len(correlation))), np.float64)
