"""Says what drives the plant from now on: what drove it on earlier days at the same time of day.

Each world draws one earlier day, a working day for a working day, so that the answer holds the uncertainty of future
inputs. Where the log is too short for that, its last stretch is repeated, or its last value held.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from physics.simulate import streams
from physics.simulate.model import Model
from twin.assembly.assembly import Assembly
from twin.records.window import SignalWindow

DAY_S = 86_400.0
SATURDAY = 5
DAYS_AHEAD = 90
"""How many coming days a long forecast draws from the log's days of their kind: about as many as it is asked about."""


def ahead(
    model: Model,
    assembly: Assembly,
    window: SignalWindow | None,
    *,
    samples: int,
    sample_s: float,
    worlds: int,
    seed: int,
    zone: str = "UTC",
) -> NDArray[np.float64]:
    """Inputs of the coming horizon, for the engine.

    Args:
        model: The compiled plant; drives without a tag stand at their default.
        assembly: Which tag drives what.
        window: The log up to the start, None for nominal inputs.
        samples: Length of the horizon, T.
        sample_s: Seconds between samples.
        worlds: How many worlds, W.
        seed: Of the draw of days.
        zone: Time zone of the site, which tells working days from weekends.
    Returns: Shape [T, I] where every world has the same inputs, else [T, I, W].
    """
    plain = np.repeat(model.inputs[None, :], samples, axis=0)
    if window is None or window.samples == 0:
        return plain
    columns = _columns(model, assembly, window)
    usual = _usual_days(window, samples, sample_s)
    alike = [day for day in usual if _works(window, day.begin, zone) == _works(window, window.samples, zone)]
    blocks = [_filled(plain, columns, window, day.rows) for day in alike or usual]
    if not blocks:
        blocks = [_filled(plain, columns, window, _last_rows(window, samples, sample_s))]
    if len(blocks) == 1 or not columns:
        return blocks[0]
    stacked = np.stack(blocks, axis=-1)
    chance = streams.uniform_by_world(seed, worlds, "future day", 1)[0]
    return stacked[:, :, np.minimum(chance * len(blocks), len(blocks) - 1).astype(np.int64)]


@dataclass(frozen=True)
class LoggedDays:
    """Whole days counted back from the end of a log, newest first, and what kind of days lies ahead.

    Attributes: inputs [T, I, D]; works [D], Monday to Friday; coming_works [DAYS_AHEAD], the same of the coming days.
    """

    inputs: NDArray[np.float64]
    works: NDArray[np.bool_]
    coming_works: NDArray[np.bool_]


def days(
    model: Model, assembly: Assembly, window: SignalWindow | None, *, sample_s: float, zone: str = "UTC"
) -> LoggedDays:
    """The inputs of each whole day in the log; one day where there is none.

    A day off counts as it was logged: plants wear less in weeks with weekends. A working day in which the plant stood
    still is left out as long as there are others.

    Args:
        model: The compiled plant; drives without a tag stand at their default.
        assembly: Which tag drives what.
        window: The log, None for nominal inputs.
        sample_s: Seconds between samples.
        zone: Time zone of the site, which tells working days from weekends.
    """
    samples = round(DAY_S / sample_s)
    plain = np.repeat(model.inputs[None, :], samples, axis=0)
    always = np.ones(DAYS_AHEAD, np.bool_)
    if window is None or window.samples == 0:
        return LoggedDays(plain[:, :, None], np.ones(1, np.bool_), always)
    columns = _columns(model, assembly, window)
    offsets, day = _offsets(window, samples, sample_s), round(DAY_S / window.step_s)
    begins = list(range(window.samples - day, -1, -day)) if day > 0 else []
    if not begins:
        last = _filled(plain, columns, window, _last_rows(window, samples, sample_s))
        return LoggedDays(last[:, :, None], np.ones(1, np.bool_), always)
    works = np.array([_works(window, begin, zone) for begin in begins])
    ran = np.array([_ran(window, begin, begin + day) for begin in begins])
    kept = np.flatnonzero(~works | ran) if (works & ran).any() else np.arange(len(begins))
    blocks = [_filled(plain, columns, window, begins[index] + offsets) for index in kept]
    ahead = np.array([_works(window, window.samples + number * day, zone) for number in range(DAYS_AHEAD)])
    return LoggedDays(np.stack(blocks, axis=-1), works[kept], ahead)


@dataclass(frozen=True)
class _Day:
    """An earlier day at the same time of day: its first row in the window and the rows that stand for the horizon."""

    begin: int
    rows: NDArray[np.int64]


def _columns(model: Model, assembly: Assembly, window: SignalWindow) -> list[tuple[int, int]]:
    return [
        (model.input_names.index(path), window.input_tags.index(tag))
        for tag, path in zip(assembly.input_tags, assembly.drives, strict=True)
        if path in model.input_names and tag in window.input_tags
    ]


def _usual_days(window: SignalWindow, samples: int, sample_s: float) -> list[_Day]:
    """Newest first; a horizon beyond a day repeats the day."""
    offsets = _offsets(window, samples, sample_s)
    day = round(DAY_S / window.step_s)
    span = min(int(offsets[-1]) + 1, day)
    begins = range(window.samples - day, -1, -day) if day > 0 else range(0)
    return [_Day(begin, begin + offsets % day) for begin in begins if _ran(window, begin, begin + span)]


def _last_rows(window: SignalWindow, samples: int, sample_s: float) -> NDArray[np.int64]:
    """The last stretch once more, or the last row held where the log is shorter than the horizon."""
    offsets = _offsets(window, samples, sample_s)
    length = int(offsets[-1]) + 1
    if window.samples >= length:
        return np.asarray(window.samples - length + offsets, np.int64)
    return np.full(samples, window.samples - 1, np.int64)


def _offsets(window: SignalWindow, samples: int, sample_s: float) -> NDArray[np.int64]:
    return np.asarray(np.floor(np.arange(samples) * sample_s / window.step_s + 1e-9), np.int64)


def _works(window: SignalWindow, row: int, zone: str) -> bool:
    """Whether a row falls on Monday to Friday where the plant stands."""
    time_s = window.start_us / 1e6 + row * window.step_s
    return datetime.fromtimestamp(time_s, ZoneInfo(zone)).weekday() < SATURDAY


def _ran(window: SignalWindow, first: int, last: int) -> bool:
    return last <= window.samples and bool(window.running[first:last].all())


def _filled(
    plain: NDArray[np.float64], columns: list[tuple[int, int]], window: SignalWindow, rows: NDArray[np.int64]
) -> NDArray[np.float64]:
    inputs = plain.copy()
    for target, source in columns:
        inputs[:, target] = window.driven[rows, source]
    return inputs
