"""Many free numbers fitted by their slopes alone: Adam on standardised numbers, members side by side.

Equations  m <- β1 m + (1 - β1) g,  v <- β2 v + (1 - β2) g²,  z <- z - r m̂ / (sqrt(v̂) + ε),  m̂, v̂ without start-up bias
Symbols    g slopes of a member's cost, z standardised numbers, r rate, falling along a half cosine
Source     Kingma & Ba (2015), arXiv:1412.6980; cosine: Loshchilov & Hutter (2017), arXiv:1608.03983
Valid      whole free runs at every step: nothing is drawn, so that equal starts end in equal bits, interrupted or not
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from residual_models import artefact
from residual_models.dataset import Numbers
from residual_models.levenberg import Array

FIRST_MOMENT, SECOND_MOMENT, SMALL = 0.9, 0.999, 1e-8

STEPS_PER_ITERATION = 20
"""Steps for one iteration of a method that sees curvature; each costs a fraction of such an iteration."""

KEEP_EVERY = 25
"""Steps between two notes on the disk."""


@dataclass(frozen=True)
class Options:
    """How far to go: steps; rate, the first step in prior spreads; folder, where to note the state, none if empty."""

    steps: int = 400
    rate: float = 0.03
    folder: str = ""


@dataclass(frozen=True)
class Solution:
    """Best values [F, M] that were met and their cost [M]."""

    values: Array
    cost: Array


class _State:
    """Where a descent stands; everything that the next step depends on."""

    def __init__(self, start: Array) -> None:
        self.step = 0
        self.arrays = {"values": start.copy(), "best": start.copy(), "cost": np.full(start.shape[1], np.inf)}
        self.arrays |= {"first": np.zeros_like(start), "second": np.zeros_like(start)}
        self.arrays["patience"] = np.ones(start.shape[1])


def descend(
    slopes: Callable[[Array], tuple[Array, Array]],
    numbers: Numbers,
    start: Array,
    *,
    options: Options | None = None,
    progress: Callable[[int, Array], None] | None = None,
) -> Solution:
    """Lower every member's cost from its own start, and go on where an interrupted descent of the same start stopped.

    Args:
        slopes: Values [F, M] to cost [M] and slopes [F, M] by standardised numbers.
        numbers: Priors and bounds.
        start: First values, shape [F, M].
        options: How far and how fast.
        progress: Called after each step with its number and the lowest costs [M].
    """
    options = options or Options()
    values = np.clip(start, numbers.low[:, None], numbers.high[:, None])
    folder = str(Path(options.folder) / _fingerprint(values, options)) if options.folder else ""
    state = _resumed(folder, values)
    while state.step <= options.steps:
        held = state.arrays
        cost, slope = slopes(held["values"])
        better = cost < held["cost"]
        held["best"][:, better] = held["values"][:, better]
        held["cost"] = np.where(better, cost, held["cost"])
        if state.step < options.steps:
            _move(state, numbers, np.isfinite(cost) & np.isfinite(slope).all(axis=0), slope, options)
        state.step += 1
        if folder and (state.step % KEEP_EVERY == 0 or state.step > options.steps):
            artefact.save(Path(folder), held, {"step": state.step})
        if progress:
            progress(min(state.step, options.steps), held["cost"])
    return Solution(state.arrays["best"], state.arrays["cost"])


def _move(state: _State, numbers: Numbers, sound: NDArray[np.bool_], slope: Array, options: Options) -> None:
    """One step; a member whose run failed goes back to its best values and on with half its rate."""
    held = state.arrays
    slope = np.where(sound, slope, 0.0)
    first = FIRST_MOMENT * held["first"] + (1 - FIRST_MOMENT) * slope
    second = SECOND_MOMENT * held["second"] + (1 - SECOND_MOMENT) * slope**2
    count = state.step + 1
    mean, square = first / (1 - FIRST_MOMENT**count), second / (1 - SECOND_MOMENT**count)
    rate = options.rate * 0.5 * (1 + np.cos(np.pi * state.step / options.steps)) * held["patience"]
    moved = held["values"] - rate * numbers.sd[:, None] * mean / (np.sqrt(square) + SMALL)
    moved = np.clip(moved, numbers.low[:, None], numbers.high[:, None])
    held["values"] = np.where(sound, moved, held["best"])
    held["first"], held["second"] = np.where(sound, first, 0.0), np.where(sound, second, held["second"])
    held["patience"] = np.where(sound, held["patience"], 0.5 * held["patience"])


def _fingerprint(start: Array, options: Options) -> str:
    """The name of a folder for the notes of this very descent, so that finished rounds are not run again either."""
    facts = json.dumps([options.steps, options.rate, start.shape])
    return hashlib.sha256(facts.encode() + np.ascontiguousarray(start).tobytes()).hexdigest()[:16]


def _resumed(folder: str, start: Array) -> _State:
    """The noted state of this descent, or its beginning where there is none."""
    state = _State(start)
    if not folder or not (Path(folder) / artefact.FACTS).exists():
        return state
    facts = json.loads((Path(folder) / artefact.FACTS).read_text())
    try:
        state.arrays, facts = artefact.load(Path(folder), facts["sha256"])
    except artefact.ArtefactDamaged:  # killed between both files: begin this round anew
        return _State(start)
    state.step = int(facts["step"])
    return state
