"""Cost of free runs and its slopes by every free number, through the engine's adjoint: for networks of thousands.

Equations  cost(z) = 1/2 |z|² + Σ_n q_n h(s_n (f_n(θ) - y_n)),  θ = mean + sd z, as in levenberg.py
Valid      where the plant's islands have no algebraic unknowns and no events, and explicit steps follow the free run
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from physics.simulate import tables
from physics.simulate.gradient import gradient
from physics.simulate.rollout import Options as Steps
from physics.simulate.rollout import rollout
from residual_models.dataset import START, FreeRuns
from residual_models.levenberg import Array, Options

FINEST = 64
"""A sample is cut into at most so many steps."""

STEP_LIMIT = 1e-3
"""Largest distance of the explicit free run from the adaptive one, relative to a tag's own spread."""


INSTEAD = "Take `layers` out of the plant file: one hidden layer is trained on any plant."


class Untrainable(ValueError):  # noqa: N818 (it names what happened)
    """The adjoint, and so networks of several layers, cannot follow this plant; the message says why."""


def layered(runs: FreeRuns) -> bool:
    """Whether weights of networks of several layers are free."""
    keys = tuple(f"{key}." for key in tables.counts(runs.model))
    return bool(keys) and any(name.startswith(keys) for name in runs.numbers.names)


def step_s(runs: FreeRuns, values: Array) -> float:
    """The longest explicit step, a whole part of a sample, that follows the free run of these numbers [F, 1].

    Raises: Untrainable, when none does.
    """
    for island in runs.model.islands:
        if len(island.outputs) and (island.system.algebraic or island.system.events):
            got = "algebraic unknowns" if island.system.algebraic else "events"
            need = "none where networks of several layers are trained"
            raise Untrainable(f"residual: got {got} in the network of {island.parts[0]}, need {need}. {INSTEAD}")
    adaptive = np.concatenate(runs.simulate(values))
    spread = adaptive.std(axis=0)
    parts = 1
    while parts <= FINEST:
        explicit = replace(runs, options=Steps(method="rk4", max_step_s=runs.sample_s / parts))
        change = np.concatenate(explicit.simulate(values)) - adaptive
        if np.all(np.sqrt(np.mean(change**2, axis=0)) <= STEP_LIMIT * spread):
            return runs.sample_s / parts
        parts *= 2
    raise Untrainable(
        f"residual: got a plant that {FINEST} explicit steps a sample of {runs.sample_s:g} s do not follow, need a "
        f"slower one to train networks of several layers. {INSTEAD}"
    )


@dataclass(frozen=True)
class Slopes:
    """Cost and slopes of standardised numbers.

    Attributes: precision [N, M] and share [N] of the kept samples; turn, of the robust loss; step_s, explicit.
    """

    runs: FreeRuns
    precision: Array
    share: Array
    step_s: float
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
            seen = rollout(model, **driven, options=Steps(method="rk4", max_step_s=self.step_s)).outputs
            part, owed = self._loss(seen[:, self.runs.columns], first, record.measured)
            first += record.measured.size
            cotangents = np.zeros_like(seen)
            for sensor, column in enumerate(self.runs.columns):
                cotangents[:, column] += owed[:, sensor]
            cost += part
            free = [name for name in numbers.names if name in self._parts]
            found = gradient(model, **driven, cotangents=cotangents, free=free, max_step_s=self.step_s)
            slopes += self._ordered(free, found.parameters, found.start, found.networks)
        return np.where(np.isfinite(cost), cost, np.inf), slopes * numbers.sd[:, None] + standard

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
