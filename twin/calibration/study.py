"""A window of log and a plant, set up as a fit: records to run freely, free numbers, and the part kept for the gate."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from physics.simulate.model import Model
from residual_models.dataset import FreeRuns, Numbers, Record, free_runs
from residual_models.levenberg import Array
from residual_models.networks.tanh_layer import weights_of
from twin.assembly.assembly import Assembly, Free
from twin.errors import NotReady
from twin.records.window import SignalWindow

START = "@start"
MIN_SAMPLES = 12
"""Stretches shorter than this are left out: their start could not be told from their course."""

MIN_ROWS_PER_NUMBER = 10
"""Fewer usable values per free number than this do not carry a fit."""


@dataclass(frozen=True)
class Study:
    """One window of one plant, ready to be fitted.

    Attributes: rows, per record the window's sample indices (first, last); runs, with the physical numbers free; own,
    start values that each record finds for itself; weights, of the corrections; floor [S], sensor noise in SI.
    """

    assembly: Assembly
    model: Model
    window: SignalWindow
    rows: tuple[tuple[int, int], ...]
    runs: FreeRuns
    own: Numbers
    weights: Numbers
    floor: Array

    def spread_out(self, records: tuple[Array, ...]) -> Array:
        """Per-record arrays [T_r, ...] put back on the window's grid [T, ...], NaN between records."""
        shape = (self.window.samples, *records[0].shape[1:])
        found = np.full(shape, np.nan)
        for (first, last), array in zip(self.rows, records, strict=True):
            found[first:last] = array
        return found

    def measured(self) -> Array:
        """Usable measurements of the modelled sensors on the window's grid [T, S], NaN elsewhere."""
        columns = [self.window.sensor_tags.index(tag) for tag in self.assembly.sensor_tags]
        return np.where(self.window.mask[:, columns], self.window.measured[:, columns], np.nan)

    def run_for_s(self, start_samples: int) -> Array:
        """Seconds since the last of a record's first samples, that set its start, shape [T]; a step between records."""
        step_s = self.window.step_s
        lead = np.full(self.window.samples, step_s)
        for first, last in self.rows:
            lead[first:last] = np.maximum(np.arange(last - first) - start_samples + 1, 1) * step_s
        return lead


def study(assembly: Assembly, model: Model, window: SignalWindow, *, until: int | None = None) -> Study:
    """Set up a window, or its first `until` samples.

    Raises: NotReady, when there is too little to run freely.
    """
    end = window.samples if until is None else until
    rows = tuple((first, min(last, end)) for first, last in window.segments if min(last, end) - first >= MIN_SAMPLES)
    if not rows or not assembly.sensor_tags:
        need = "at least one modelled sensor" if rows else f"a stretch of {MIN_SAMPLES} samples without a gap or stop"
        raise NotReady(f"plant {window.plant!r}: this window cannot be simulated, it needs {need}.")
    inputs, (measured, mask) = _driven(assembly, model, window), _measured(assembly, window)
    records = [
        Record(inputs[first:last], measured[first:last], mask[first:last], model.start.copy()) for first, last in rows
    ]
    shared = [free for free in assembly.free if not free.name.endswith(START) or free.shared]
    own = [free for free in assembly.free if free.name.endswith(START) and not free.shared]
    floor = np.array([assembly.noise_sd.get(tag, 0.0) for tag in assembly.sensor_tags])
    return Study(
        assembly,
        model,
        window,
        rows,
        free_runs(model, records, window.step_s, _numbers(shared), columns=_columns(assembly, model), noise=floor),
        _numbers(own),
        weights_of(model, assembly.plant.corrections, sample_s=window.step_s),
        floor,
    )


def require_enough(ready: Study) -> None:
    """Refuse to fit where the measurements cannot carry the free numbers.

    Raises: NotReady, with both counts.
    """
    usable = sum(int(record.mask.sum()) for record in ready.runs.records)
    needed = MIN_ROWS_PER_NUMBER * max(1, len(ready.runs.numbers))
    if usable < needed:
        raise NotReady(
            f"plant {ready.window.plant!r}: {usable} usable measurements for {len(ready.runs.numbers)} free numbers, "
            f"need at least {needed}. Ingest a longer log or free fewer numbers."
        )


def limited(numbers: Numbers, around: dict[str, float], share: float) -> Numbers:
    """The numbers with bounds at most `share` away from given values, relative to the value or the prior's spread."""
    low, high = numbers.low.copy(), numbers.high.copy()
    for at, name in enumerate(numbers.names):
        if name in around and not name.endswith(START):
            room = share * max(abs(around[name]), numbers.sd[at])
            low[at] = max(low[at], min(around[name] - room, high[at]))
            high[at] = min(high[at], max(around[name] + room, low[at]))
    return replace(numbers, low=low, high=high)


def _numbers(free: list[Free]) -> Numbers:
    columns = [np.array([getattr(item, field) for item in free], float) for field in ("mean", "sd", "low", "high")]
    return Numbers(tuple(item.name for item in free), *columns)


def _columns(assembly: Assembly, model: Model) -> NDArray[np.intp]:
    return np.array([model.output_names.index(path) for path in assembly.outputs], np.intp)


def _driven(assembly: Assembly, model: Model, window: SignalWindow) -> Array:
    inputs = np.repeat(model.inputs[None], window.samples, axis=0)
    for tag, path in zip(assembly.input_tags, assembly.drives, strict=True):
        if path in model.input_names:
            inputs[:, model.input_names.index(path)] = window.driven[:, window.input_tags.index(tag)]
    return inputs


def _measured(assembly: Assembly, window: SignalWindow) -> tuple[Array, NDArray[np.bool_]]:
    columns = [window.sensor_tags.index(tag) for tag in assembly.sensor_tags]
    return window.measured[:, columns], window.mask[:, columns]
