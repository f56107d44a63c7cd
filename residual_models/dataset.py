"""Free runs as one fitting problem: records of a plant, the numbers that are free, predictions and their Jacobian.

A record is simulated from its start to its end by the inputs alone; nothing measured enters but its start. Rows of the
problem are the samples that any member may use, thinned where they are many: neighbours say the same thing anyway. A
log that is far faster than its plant is averaged for the Jacobian, which takes most of the work; predictions are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from physics.simulate.model import Model
from physics.simulate.rollout import Options, rollout
from physics.simulate.sensitivity import sensitivity
from residual_models.levenberg import Array, Problem

START = "@start"

COARSE = (10, 5, 2)
"""Samples that may be averaged into one for the Jacobian."""

COARSE_LIMIT = 0.001
"""Largest change of a free run by that, relative to a tag's own spread. EMPS: at 0.0005 (two samples) the fit ends
where the exact Jacobian ends, 0.417 mm; at 0.002 (five samples) biased slopes end it at 0.68 mm."""

COARSE_SAMPLES = 2000
"""Shorter logs are not worth the trial."""


@dataclass(frozen=True)
class Numbers:
    """What is free in a fit: names [F], prior mean and sd, bounds; "<state>@start" names a start value."""

    names: tuple[str, ...]
    mean: Array
    sd: Array
    low: Array
    high: Array

    def __len__(self) -> int:
        """F."""
        return len(self.names)

    def joined(self, other: Numbers) -> Numbers:
        """Both sets, ours first."""
        both = zip(vars(self).values(), vars(other).values(), strict=True)
        names, *arrays = (
            first + second if isinstance(first, tuple) else np.r_[first, second] for first, second in both
        )
        return Numbers(names, *arrays)

    def only(self, keep: NDArray[np.bool_]) -> Numbers:
        """The chosen ones."""
        names = tuple(name for name, kept in zip(self.names, keep, strict=True) if kept)
        return Numbers(names, self.mean[keep], self.sd[keep], self.low[keep], self.high[keep])


@dataclass(frozen=True)
class Record:
    """One stretch of log: inputs [T, I] as the model orders them, measured [T, S], mask [T, S], start [Z]."""

    inputs: Array
    measured: Array
    mask: NDArray[np.bool_]
    start: Array

    def first(self, samples: int) -> Record:
        """The record's beginning."""
        return Record(self.inputs[:samples], self.measured[:samples], self.mask[:samples], self.start)


@dataclass(frozen=True)
class FreeRuns:
    """Records of one plant and the numbers that are free in it.

    Attributes: parameters [P], the fixed ones' values; rows, flat indices of the samples kept, over all records'
    [T * S] one after the other; thin, samples that each kept one stands for; columns [S], the model's output that each
    sensor reads: two sensors may read the same one; noise [S], of the sensors, zero where it is not known;
    coarse, samples averaged into one for the Jacobian.
    """

    model: Model
    records: tuple[Record, ...]
    sample_s: float
    numbers: Numbers
    parameters: Array
    rows: NDArray[np.intp]
    thin: int
    options: Options
    columns: NDArray[np.intp]
    noise: Array
    coarse: int = 1

    def with_starts(self, starts: Sequence[Array]) -> FreeRuns:
        """The same with other fixed start values."""
        pairs = zip(self.records, starts, strict=True)
        return replace(self, records=tuple(replace(record, start=start) for record, start in pairs))

    def with_numbers(self, numbers: Numbers, parameters: Array) -> FreeRuns:
        """The same records with other numbers free."""
        return replace(self, numbers=numbers, parameters=parameters)

    @property
    def target(self) -> Array:
        """Measured values of the kept samples, shape [N]; zero where nothing was measured."""
        measured: Array = self.flat([record.measured for record in self.records])
        return np.nan_to_num(measured)

    @property
    def mask(self) -> NDArray[np.bool_]:
        """Whether each kept sample may be used, shape [N]."""
        mask: NDArray[np.bool_] = self.flat([record.mask for record in self.records])
        return mask

    @property
    def tag_of_row(self) -> NDArray[np.intp]:
        """Index of the sensor that each kept sample belongs to, shape [N]."""
        tags: NDArray[np.intp] = self.flat(
            [np.broadcast_to(np.arange(r.mask.shape[1]), r.mask.shape) for r in self.records]
        )
        return tags

    def flat(self, arrays: Sequence[NDArray[Any]]) -> Any:
        """Kept samples of arrays [T, S, ...], one per record, as [N, ...]."""
        joined = [np.reshape(array, (-1, *array.shape[2:])) for array in arrays]
        return np.concatenate(joined)[self.rows]

    def simulate(self, values: Array) -> list[Array]:
        """Every sample of every record, [T, S, K] each, for free numbers [F, K]."""
        return [
            rollout(
                self.model,
                inputs=record.inputs,
                sample_s=self.sample_s,
                parameters=self.world_parameters(values),
                start=self.world_starts(record, values),
                options=self.options,
            ).outputs[:, self.columns]
            for record in self.records
        ]

    def predict(self, values: Array) -> Array:
        """Kept samples for free numbers [F, K], shape [N, K]."""
        kept: Array = self.flat(self.simulate(values))
        return kept

    def linearise(self, values: Array) -> tuple[Array, Array]:
        """Predictions [N, M] and their derivatives by the free numbers [N, F, M], these with averaged inputs."""
        outputs, jacobians = [], []
        for record in self.records:
            found = sensitivity(
                self.model,
                inputs=averaged(record.inputs, self.coarse),
                sample_s=self.sample_s * self.coarse,
                parameters=self.world_parameters(values),
                start=self.world_starts(record, values),
                free=self.numbers.names,
                options=self.options,
            )
            outputs.append(found.outputs[:, self.columns])
            at = np.arange(len(record.inputs)) // self.coarse
            jacobians.append(found.jacobian[at][:, self.columns])
        predicted = self.flat(outputs) if self.coarse == 1 else self.predict(values)
        return predicted, self.flat(jacobians)

    def coarsened(self, values: Array) -> FreeRuns:
        """The same with as many samples averaged for the Jacobian as leave the free run [F, 1] alone."""
        if sum(len(record.inputs) for record in self.records) < COARSE_SAMPLES:
            return replace(self, coarse=1)
        fine = self.simulate(values)
        spread = np.concatenate(fine).std(axis=0)
        for factor in COARSE:
            slow = tuple(replace(record, inputs=averaged(record.inputs, factor)) for record in self.records)
            found = replace(self, records=slow, sample_s=self.sample_s * factor).simulate(values)
            change = np.concatenate([run - full[::factor] for run, full in zip(found, fine, strict=True)])
            if np.all(np.sqrt(np.mean(change**2, axis=0)) <= COARSE_LIMIT * spread):
                return replace(self, coarse=factor)
        return replace(self, coarse=1)

    def problem(self, precision: Array, share: Array) -> Problem:
        """The fit of these runs to what was measured; see `levenberg.Problem`."""
        n = self.numbers
        usable = precision * self.mask[:, None]
        return Problem(self.predict, self.linearise, self.target, usable, share, n.mean, n.sd, n.low, n.high)

    def member_starts(self, values: Array) -> tuple[Array, ...]:
        """Start of every record in every world, [Z, K] each."""
        return tuple(self.world_starts(record, values) for record in self.records)

    def world_parameters(self, values: Array) -> Array:
        """All parameters [P, K] with the free ones set."""
        parameters = np.repeat(self.parameters[:, None], values.shape[1], axis=1)
        index = {name: at for at, name in enumerate(self.model.parameter_names)}
        for at, name in enumerate(self.numbers.names):
            if not name.endswith(START):
                parameters[index[name]] = values[at]
        return parameters

    def world_starts(self, record: Record, values: Array) -> Array:
        """A record's start [Z, K] with the free start values set."""
        starts = np.repeat(record.start[:, None], values.shape[1], axis=1)
        index = {name: at for at, name in enumerate(self.model.state_names)}
        for at, name in enumerate(self.numbers.names):
            if name.endswith(START):
                starts[index[name.removesuffix(START)]] = values[at]
        return starts


def averaged(inputs: Array, factor: int) -> Array:
    """Inputs [T, I] as means over `factor` samples, the last over those that are left."""
    if factor == 1:
        return inputs
    first = np.arange(0, len(inputs), factor)
    count = np.diff(np.r_[first, len(inputs)])
    return np.asarray(np.add.reduceat(inputs, first, axis=0) / count[:, None])


def free_runs(
    model: Model,
    records: Sequence[Record],
    sample_s: float,
    numbers: Numbers,
    *,
    parameters: Array | None = None,
    columns: NDArray[np.intp] | None = None,
    noise: Array | None = None,
    max_rows: int = 8000,
    rtol: float = 1e-4,
) -> FreeRuns:
    """Set up a fit, keeping about `max_rows` evenly spread samples; sensors read the first outputs by default."""
    sensors = records[0].measured.shape[1]
    samples = sum(len(record.inputs) for record in records)
    thin = max(1, (samples * sensors) // max_rows)
    kept = np.concatenate([np.arange(len(record.inputs)) % thin == 0 for record in records])
    rows = np.flatnonzero(np.repeat(kept, sensors))
    own = model.parameters.copy() if parameters is None else parameters
    read = np.arange(sensors) if columns is None else columns
    sd = np.zeros(sensors) if noise is None else noise
    return FreeRuns(model, tuple(records), sample_s, numbers, own, rows, thin, Options(rtol=rtol), read, sd)
