"""Cost of free runs and its slopes by every free number, through the engine's adjoint: for networks of thousands.

Equations  cost(z) = 1/2 |z|² + Σ_n q_n h(s_n (f_n(θ) - y_n)),  θ = mean + sd z, as in levenberg.py
Valid      where the plant's islands have no events
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from physics.simulate import tables
from physics.simulate.gradient import EXPLICIT, IMPLICIT, gradient
from physics.simulate.rollout import Options as Steps
from physics.simulate.rollout import rollout
from residual_models.dataset import START, FreeRuns
from residual_models.levenberg import Array, Options

FINEST = 64
"""A sample is cut into at most so many steps."""

STEP_LIMIT = 1e-3
"""Largest distance of the explicit free run from the adaptive one, relative to a tag's own spread."""

FINEST_IMPLICIT, SLOPE_LIMIT = 16, 0.05
"""The same for implicit steps, and how far slopes may lie from those of half the step: a descent needs no more."""

INSTEAD = "Take `layers` out of the plant file: one hidden layer is trained on any plant."


class Untrainable(ValueError):  # noqa: N818 (it names what happened)
    """The adjoint, and so networks of several layers, cannot follow this plant; the message says why."""


def layered(runs: FreeRuns) -> bool:
    """Whether weights of networks of several layers are free."""
    keys = tuple(f"{key}." for key in tables.counts(runs.model))
    return bool(keys) and any(name.startswith(keys) for name in runs.numbers.names)


class Way(NamedTuple):
    """How slopes are found: steps of so many seconds, by one of the adjoint's methods."""

    step_s: float
    method: str


def way(runs: FreeRuns, values: Array) -> Way:
    """The longest step, a whole part of a sample, that follows the free run of these numbers [F, 1].

    Explicit steps where any do, for they cost least and are the very ones whose cost is lowered; else implicit ones.
    Raises: Untrainable, when none does.
    """
    for island in runs.model.islands:
        if len(island.outputs) and island.system.events:
            where, need = f"the network of {island.parts[0]}", "none where networks of several layers are trained"
            raise Untrainable(f"residual: got events in {where}, need {need}. {INSTEAD}")
    if not any(len(island.outputs) and island.system.algebraic for island in runs.model.islands):
        explicit = _explicit_s(runs, values)
        if explicit is not None:
            return Way(explicit, EXPLICIT)
    return Way(_implicit_s(runs, values), IMPLICIT)


def _explicit_s(runs: FreeRuns, values: Array) -> float | None:
    adaptive = np.concatenate(runs.simulate(values))
    spread = adaptive.std(axis=0)
    parts = 1
    while parts <= FINEST:
        explicit = replace(runs, options=Steps(method=EXPLICIT, max_step_s=runs.sample_s / parts))
        change = np.concatenate(explicit.simulate(values)) - adaptive
        if np.all(np.sqrt(np.mean(change**2, axis=0)) <= STEP_LIMIT * spread):
            return runs.sample_s / parts
        parts *= 2
    return None


def _implicit_s(runs: FreeRuns, values: Array) -> float:
    """The step whose half changes the slopes little."""
    measured = np.concatenate([record.measured for record in runs.records])
    known = np.isfinite(measured).any(axis=0)
    spread = np.nanstd(np.where(known, measured, 0.0), axis=0)
    precision = 1.0 / np.where(spread > 0, spread, 1.0)[runs.tag_of_row][:, None]
    parts, before = 1, np.full(values.shape, np.nan)
    while parts <= FINEST_IMPLICIT:
        own = Slopes(runs, precision, np.ones(len(precision)), runs.sample_s / parts, IMPLICIT)
        found = own(values)[1]
        if np.linalg.norm(found - before) <= SLOPE_LIMIT * np.linalg.norm(found):
            return 2.0 * runs.sample_s / parts
        parts, before = 2 * parts, found
    raise Untrainable(
        f"residual: got a plant that {FINEST_IMPLICIT} steps a sample of {runs.sample_s:g} s do not follow, need a "
        f"slower one to train networks of several layers. {INSTEAD}"
    )


@dataclass(frozen=True)
class Slopes:
    """Cost and slopes of standardised numbers.

    Attributes: precision [N, M] and share [N] of the kept samples; turn, of the robust loss; step_s and method, of the
    adjoint. The free run itself takes explicit steps alike, or steps of its own beside implicit ones.
    """

    runs: FreeRuns
    precision: Array
    share: Array
    step_s: float
    method: str = EXPLICIT
    turn: float = Options.turn

    def __call__(self, values: Array) -> tuple[Array, Array]:
        """Cost [M], infinite where a run failed, and its slopes [F, M] by the standardised numbers."""
        numbers = self.runs.numbers
        standard = (values - numbers.mean[:, None]) / numbers.sd[:, None]
        model, parameters = tables.apart(self.runs.model, self.runs.world_parameters(values))
        cost, slopes = 0.5 * np.sum(standard**2, axis=0), np.zeros_like(values)
        first = 0
        for record in self.runs.records:
            start = self.runs.world_starts(record, values)
            driven: dict[str, Any] = {
                "inputs": record.inputs,
                "sample_s": self.runs.sample_s,
                "parameters": parameters,
                "start": start,
            }
            seen = rollout(model, **driven, options=self._steps).outputs
            part, owed = self._loss(seen[:, self.runs.columns], first, record.measured)
            first += record.measured.size
            cotangents = np.zeros_like(seen)
            for sensor, column in enumerate(self.runs.columns):
                cotangents[:, column] += owed[:, sensor]
            cost += part
            free = [name for name in numbers.names if name in self._parts]
            found = gradient(
                model, **driven, cotangents=cotangents, free=free, max_step_s=self.step_s, method=self.method
            )
            slopes += self._ordered(free, found.parameters, found.start, found.networks)
        return np.where(np.isfinite(cost), cost, np.inf), slopes * numbers.sd[:, None] + standard

    @property
    def _steps(self) -> Steps:
        explicit = self.method == EXPLICIT
        return Steps(method=EXPLICIT, max_step_s=self.step_s) if explicit else self.runs.options

    @property
    def _parts(self) -> set[str]:
        return {name for island in self.runs.model.islands for name in island.system.parameters}

    def _loss(self, seen: Array, first: int, measured: Array) -> tuple[Array, Array]:
        """One record's part of the cost [M], and what it owes to each prediction [T, S, M]."""
        mine = (self.runs.rows >= first) & (self.runs.rows < first + measured.size)
        at = self.runs.rows[mine] - first
        members = seen.shape[2]
        predicted, target = seen.reshape(-1, members)[at], self.runs.target[mine]
        precision = np.where(self.runs.mask[mine, None], self.precision[mine], 0.0)
        error = np.where(precision > 0, precision * (predicted - target[:, None]), 0.0)
        tail = np.sqrt(1.0 + (error / self.turn) ** 2)
        share = self.share[mine, None]
        owed = np.zeros((measured.size, members))
        owed[at] = np.nan_to_num(share * precision * error / tail)
        return np.sum(share * self.turn**2 * (tail - 1.0), axis=0), owed.reshape(*measured.shape, members)

    def _ordered(self, free: list[str], parameters: Array, start: Array, networks: dict[str, Array]) -> Array:
        """Slopes in the order of the free numbers [F, M]."""
        place = {name: (parameters, k) for k, name in enumerate(free)}
        place |= {f"{name}{START}": (start, k) for k, name in enumerate(self.runs.model.state_names)}
        names = self.runs.model.parameter_names
        for key, found in networks.items():
            rows = tables.rows_of(self.runs.model, key)
            place |= {name: (found.T, k) for k, name in enumerate(names[rows])}
        return np.array([place[name][0][place[name][1]] for name in self.runs.numbers.names])
