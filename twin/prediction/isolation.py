"""Tells what changed from how the model's errors changed: a sensor alone, or a part of the plant, suddenly or slowly.

Every cause that is thought of has a signature: what the errors of all tags would do. A sensor's zero moves its own tag
by the same amount at any load; a part's number moves several tags, each as its load and the control loops around it
say, found by running the model with that number changed. The cause whose signature takes away most of the errors wins.

Equations  z = (e - ē) / s, block means      c = ⟨z, d⟩ / ⟨d, d⟩      evidence = ⟨z, d⟩² / (⟨d, d⟩ τ)
Symbols    e errors, ē and s their usual mean and spread, d a cause's signature in units of s, c its size, τ blocks that
           say the same thing once
Source     generalised likelihood ratio: Willsky, Jones (1976), doi:10.1109/TAC.1976.1101146; structured signatures:
           Gertler (1998), Fault Detection and Diagnosis in Engineering Systems, chapter 7
Assumes    one cause at a time; a small change acts in proportion, from its onset on
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

BLOCK_S = 3600.0
LASTING_BLOCKS = 4.0
"""Errors of a free run last for hours: so many block means say the same thing once."""
LEAST_EVIDENCE = 40.0
"""Below it a change may be chance: of some hundred causes and onsets the best one is taken. Set on errors made by hand
(its test), before any case of docs/nights.md was looked at."""
PLANT_LEAD = 1.1
"""A part must explain so much more than a sensor to be blamed: it has more ways to do so."""
NOISE_RATIO = 2.0
"""A sensor is noisy where its readings jump by so many times their usual jump."""
LEAST_SPREAD = 0.3
"""Usual spread of block means is at least so much of the sensor's own jump from reading to reading."""


@dataclass(frozen=True)
class Cause:
    """The cause that explains a change best.

    Attributes: name, a tag or the name of a number of the plant; sensor, whether it is a tag; sudden, whether it began
    within the day; size, in the unit of the tag or of the signature's number; onset, row; evidence; explained, share of
    the squared errors that it takes away.
    """

    name: str
    sensor: bool
    sudden: bool
    size: float
    onset: int
    evidence: float
    explained: float


def isolate(
    error: Array, signatures: Mapping[str, Array], tags: tuple[str, ...], *, first: int, step_s: float
) -> Cause | None:
    """Find what changed on the last day of a window; None where nothing did beyond chance.

    Args:
        error: Measured minus expected, shape [T, S], NaN where unknown; the rows before `first` tell what is usual.
        signatures: Cause to the change of expected readings [T, S] that one unit of it makes.
        tags: Names, S.
        first: First row of the day.
        step_s: Between rows.
    """
    size = max(1, round(BLOCK_S / step_s))
    blocks, begin = len(error) // size, first // size
    if begin < LASTING_BLOCKS or blocks - begin < 2:
        return None
    usual = _usual(error, size, begin)
    z = _blocked(error, size) - usual.mean
    known, z = np.isfinite(z), np.nan_to_num(z / usual.spread)
    best: Cause | None = None
    for name, template, sensor in _causes(signatures, tags, size, error.shape):
        unit = np.nan_to_num(template / usual.spread)
        for sudden, shape, onset in _courses(blocks, begin):
            d = np.where(known, unit * shape[:, None], 0.0)
            power, match = float((d * d).sum()), float((d * z).sum())
            if power <= 0.0:
                continue
            evidence = match * match / power / LASTING_BLOCKS
            weight = evidence if sensor else evidence / PLANT_LEAD
            if best is None or weight > best.evidence / (1.0 if best.sensor else PLANT_LEAD):
                explained = match * match / power / max(float((z * z).sum()), 1e-300)
                best = Cause(name, sensor, sudden, match / power, onset * size, evidence, explained)
    return best if best is not None and best.evidence >= LEAST_EVIDENCE else None


def noisy(error: Array, tags: tuple[str, ...], first: int) -> dict[str, float]:
    """Tags whose readings jump much more on the day than before, and by how many times."""
    before, now = _jump(error[:first]), _jump(error[first:])
    ratio = np.divide(now, before, out=np.zeros_like(now), where=(before > 0) & np.isfinite(before) & np.isfinite(now))
    return {tag: float(value) for tag, value in zip(tags, ratio, strict=True) if value >= NOISE_RATIO}


@dataclass(frozen=True)
class _Usual:
    mean: Array
    spread: Array


def _usual(error: Array, size: int, begin: int) -> _Usual:
    """Mean and spread of block means before the day, a steady drift of each tag taken out of the spread."""
    before = _blocked(error, size)[:begin]
    mean, spread = np.zeros(error.shape[1]), np.zeros(error.shape[1])
    rows = np.arange(begin, dtype=np.float64)
    for tag, column in enumerate(before.T):
        known = np.isfinite(column)
        if known.sum() < LASTING_BLOCKS:
            mean[tag], spread[tag] = np.nan, np.nan
            continue
        line = np.polyfit(rows[known], column[known], 1)
        mean[tag] = column[known].mean()
        spread[tag] = np.std(column[known] - np.polyval(line, rows[known]))
    jump = np.nan_to_num(_jump(error[: begin * size]))
    return _Usual(mean, np.maximum(spread, np.maximum(LEAST_SPREAD * jump, 1e-12)))


def _causes(
    signatures: Mapping[str, Array], tags: tuple[str, ...], size: int, shape: tuple[int, ...]
) -> list[tuple[str, Array, bool]]:
    blocks = shape[0] // size
    found = [(name, _blocked(values, size), False) for name, values in signatures.items()]
    return found + [(tag, np.tile(np.eye(len(tags))[at], (blocks, 1)), True) for at, tag in enumerate(tags)]


def _courses(blocks: int, begin: int) -> list[tuple[bool, Array, int]]:
    """How a cause may grow: from one of the day's hours on, or steadily through the window about its usual mean."""
    rows = np.arange(blocks, dtype=np.float64)
    steps = [(True, (rows >= onset).astype(float), onset) for onset in range(begin, blocks - 1)]
    ramp = rows / max(blocks - 1, 1)
    return [*steps, (False, ramp - ramp[:begin].mean(), 0)]


def _blocked(values: Array, size: int) -> Array:
    """Means over blocks of rows [B, S], NaN where less than half is known."""
    count = len(values) // size
    cut = values[: count * size].reshape(count, size, -1)
    known = np.isfinite(cut)
    total = np.where(known, cut, 0.0).sum(axis=1)
    number = known.sum(axis=1)
    return np.asarray(np.where(number * 2 >= size, total / np.maximum(number, 1), np.nan))


def _jump(error: Array) -> Array:
    """Usual jump from row to row of each tag [S], the median's: wild readings do not count."""
    with np.errstate(invalid="ignore"):
        jumps = np.abs(np.diff(error, axis=0))
    return np.array([
        1.4826 / np.sqrt(2) * np.median(column[np.isfinite(column)]) if np.isfinite(column).any() else np.nan
        for column in jumps.T
    ])  # fmt: skip
