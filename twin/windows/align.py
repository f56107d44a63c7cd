"""Readings of many tags → one window on a regular grid, with masks instead of guesses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from twin.errors import Fault, InvalidInput, NotReady
from twin.records.batch import TagSeries
from twin.records.reading import Quality
from twin.records.window import SignalWindow
from twin.scene.scene import Interpolation
from twin.windows.gaps import available, is_periodic, usual_spacing_us

Span = tuple[int, int | None]
"""From start to end, UTC microseconds; end None: still going on."""

MAX_SAMPLES = 50_000_000


@dataclass(frozen=True)
class Grid:
    """What a window shall look like.

    Attributes: start_us, first sample; end_us, no sample at or after it; step_s; max_gap_s, longest silence of an input
    that is bridged, None for ten times the greater of step and the tag's usual spacing.
    """

    start_us: int
    end_us: int
    step_s: float
    max_gap_s: float | None = None

    def times_us(self) -> NDArray[np.int64]:
        """UTC microseconds of each sample, shape [T]."""
        count = int(np.ceil((self.end_us - self.start_us) / (self.step_s * 1e6) - 1e-9))
        return self.start_us + np.round(np.arange(count) * self.step_s * 1e6).astype(np.int64)


@dataclass(frozen=True)
class Stops:
    """When nothing may be learned: the whole plant standing still, or single tags whose asset does."""

    plant: Sequence[Span] = ()
    tags: Mapping[str, Sequence[Span]] = field(default_factory=dict)


def align(
    plant: str,
    grid: Grid,
    *,
    sensors: Sequence[TagSeries],
    inputs: Sequence[tuple[TagSeries, Interpolation]],
    stops: Stops,
    watermark_us: int,
) -> SignalWindow:
    """Put readings on a grid.

    A sensor's sample is the good reading nearest to it within half a step, never a mean and never interpolated. An
    input is held or interpolated between good readings. Segments end where the plant stops or an input falls silent.

    Args:
        plant: Name of the plant.
        grid: Samples wanted.
        sensors: Readings of each measured tag.
        inputs: Readings of each driving tag, from before the start if need be, and how it goes on between them.
        stops: Times that are masked.
        watermark_us: What was known when the readings were taken.
    Raises: InvalidInput, when the grid is empty or too large; NotReady, when an input has no good reading.
    """
    _check(grid, [*sensors, *(series for series, _kind in inputs)])
    times = grid.times_us()
    running = ~inside(times, stops.plant)
    good = [_good(series) for series in sensors]
    measured = np.empty((len(times), len(good)))
    for index, series in enumerate(good):
        measured[:, index] = nearest(series, times, grid.step_s)
    mask = np.isfinite(measured) & running[:, None]
    for index, series in enumerate(good):
        mask[inside(times, stops.tags.get(series.tag, ())), index] = False
    driven, present = _drive(times, grid, [(_good(series), kind) for series, kind in inputs], good)
    return SignalWindow(
        plant=plant,
        start_us=grid.start_us,
        step_s=grid.step_s,
        sensor_tags=tuple(series.tag for series in sensors),
        measured=measured,
        mask=mask,
        input_tags=tuple(series.tag for series, _kind in inputs),
        driven=driven,
        running=running,
        segments=segments(running & present),
        watermark_us=watermark_us,
    )


def nearest(series: TagSeries, times_us: NDArray[np.int64], step_s: float) -> NDArray[np.float64]:
    """The reading nearest to each sample within half a step, NaN where there is none, shape [T]."""
    if len(series) == 0:
        return np.full(len(times_us), np.nan)
    after = np.clip(np.searchsorted(series.times_us, times_us), 0, len(series) - 1)
    before = np.maximum(after - 1, 0)
    closer = np.where(
        np.abs(series.times_us[before] - times_us) <= np.abs(series.times_us[after] - times_us), before, after
    )
    off_us = series.times_us[closer] - times_us
    half_us = step_s * 5e5
    return np.where((off_us >= -half_us) & (off_us < half_us), series.values[closer], np.nan)


def held(series: TagSeries, times_us: NDArray[np.int64]) -> NDArray[np.float64]:
    """The last reading at or before each sample, the first one before any, shape [T]."""
    return series.values[np.maximum(np.searchsorted(series.times_us, times_us, side="right") - 1, 0)]


def interpolated(series: TagSeries, times_us: NDArray[np.int64]) -> NDArray[np.float64]:
    """Straight lines between readings, the end values outside, shape [T]."""
    zero = series.times_us[0]
    elapsed, known = (times_us - zero).astype(np.float64), (series.times_us - zero).astype(np.float64)
    return np.asarray(np.interp(elapsed, known, series.values), np.float64)


def inside(times_us: NDArray[np.int64], spans: Sequence[Span]) -> NDArray[np.bool_]:
    """Which samples lie in any of the spans, shape [T]."""
    hit = np.zeros(len(times_us), bool)
    for start_us, end_us in spans:
        first = np.searchsorted(times_us, start_us)
        last = len(times_us) if end_us is None else np.searchsorted(times_us, end_us)
        hit[first:last] = True
    return hit


def segments(usable: NDArray[np.bool_]) -> tuple[tuple[int, int], ...]:
    """Half-open index ranges of at least two usable samples in a row."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], usable, [False])).astype(np.int8)))
    return tuple((int(first), int(last)) for first, last in edges.reshape(-1, 2) if last - first >= 2)


def usual_step_s(series: Sequence[TagSeries]) -> float | None:
    """The spacing that most readings share, None where no tag has two; tags logged on change count only by default."""
    several = [item for item in series if len(item) > 1]
    counted = [item for item in several if is_periodic(item.times_us)] or several
    if not counted:
        return None
    spacings = np.array([usual_spacing_us(item.times_us) for item in counted])
    order = np.argsort(spacings)
    readings = np.cumsum([len(counted[index]) for index in order])
    return float(spacings[order[np.searchsorted(readings, readings[-1] / 2)]]) / 1e6


def _good(series: TagSeries) -> TagSeries:
    keep = (series.quality == Quality.GOOD) & np.isfinite(series.values)
    return (
        series
        if keep.all()
        else TagSeries(series.tag, series.times_us[keep], series.values[keep], series.quality[keep])
    )


def _drive(
    times: NDArray[np.int64],
    grid: Grid,
    inputs: Sequence[tuple[TagSeries, Interpolation]],
    sensors: Sequence[TagSeries],
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Values [T, I] of the inputs and whether each is known [T]."""
    silent = [series.tag for series, _kind in inputs if len(series) == 0]
    if silent:
        raise NotReady(f"{', '.join(silent)}: no good reading up to the window's end. Ingest these inputs first.")
    driven, present = np.empty((len(times), len(inputs))), np.ones(len(times), bool)
    everything = [*sensors, *(series for series, _kind in inputs)]
    for index, (series, kind) in enumerate(inputs):
        value = held if kind is Interpolation.STEP else interpolated
        driven[:, index] = value(series, times)
        present &= available(series, kind, times, grid.step_s, grid.max_gap_s, everything)
    return driven, present


def _check(grid: Grid, given: Sequence[TagSeries]) -> None:
    faults = []
    for series in given:
        back = np.flatnonzero(np.diff(series.times_us) <= 0)
        if len(back):
            here, after = series.times_us[back[0] + 1], series.times_us[back[0]]
            got = f"reading {back[0] + 1} at {here} µs after one at {after} µs"
            faults.append(Fault(series.tag, got, "times that rise", "Sort the readings and keep one of each time."))
    if not grid.step_s > 0:
        faults.append(Fault("step_s", f"{grid.step_s} s", "> 0", "Give seconds."))
    elif grid.end_us <= grid.start_us:
        faults.append(Fault("end", "a time not after the start", "end > start", "Swap them."))
    elif (grid.end_us - grid.start_us) / 1e6 / grid.step_s > MAX_SAMPLES:
        count = (grid.end_us - grid.start_us) / 1e6 / grid.step_s
        faults.append(
            Fault("step_s", f"{count:.0f} samples", f"≤ {MAX_SAMPLES}", "Take a shorter window or a larger step.")
        )
    if faults:
        raise InvalidInput(faults)
