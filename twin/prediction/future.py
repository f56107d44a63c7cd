"""Says what drives the plant from now on: what drove it on earlier days at the same time of day.

Each world draws one earlier day, so that the uncertainty of the future inputs is in the answer. Where the log is too
short for that, its last stretch is repeated; where even that is missing, the last value is held.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from physics.simulate import streams
from physics.simulate.model import Model
from twin.assembly.assembly import Assembly
from twin.records.window import SignalWindow

DAY_S = 86_400.0


def ahead(
    model: Model,
    assembly: Assembly,
    window: SignalWindow | None,
    *,
    samples: int,
    sample_s: float,
    worlds: int,
    seed: int,
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
    Returns: Shape [T, I] where every world has the same inputs, else [T, I, W].
    """
    plain = np.repeat(model.inputs[None, :], samples, axis=0)
    if window is None or window.samples == 0:
        return plain
    columns = [
        (model.input_names.index(path), window.input_tags.index(tag))
        for tag, path in zip(assembly.input_tags, assembly.drives, strict=True)
        if path in model.input_names and tag in window.input_tags
    ]
    blocks = [_filled(plain, columns, window, rows) for rows in _rows(window, samples, sample_s)]
    if len(blocks) == 1 or not columns:
        return blocks[0]
    stacked = np.stack(blocks, axis=-1)
    chance = np.array([streams.uniform(seed, world, "future day", 1)[0] for world in range(worlds)])
    return stacked[:, :, np.minimum(chance * len(blocks), len(blocks) - 1).astype(np.int64)]


def _rows(window: SignalWindow, samples: int, sample_s: float) -> list[NDArray[np.int64]]:
    """Rows of the window that stand for the horizon, one set per possible day, newest first."""
    offsets = np.floor(np.arange(samples) * sample_s / window.step_s + 1e-9).astype(np.int64)
    length = int(offsets[-1]) + 1
    day = round(DAY_S / window.step_s)
    # Each earlier day at the same time of day; a horizon beyond a day repeats the days that follow it.
    span = min(length, day)
    begins = range(window.samples - day, -1, -day) if day > 0 else range(0)
    usual = [begin + offsets % day for begin in begins if _ran(window, begin, begin + span)]
    if usual:
        return usual
    if window.samples >= length:
        return [window.samples - length + offsets]
    return [np.full(samples, window.samples - 1, np.int64)]


def _ran(window: SignalWindow, first: int, last: int) -> bool:
    return last <= window.samples and bool(window.running[first:last].all())


def _filled(
    plain: NDArray[np.float64], columns: list[tuple[int, int]], window: SignalWindow, rows: NDArray[np.int64]
) -> NDArray[np.float64]:
    inputs = plain.copy()
    for target, source in columns:
        inputs[:, target] = window.driven[rows, source]
    return inputs
