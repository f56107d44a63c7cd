"""Worlds run forward in time: every island of every world, eight in lanes, on both cores."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

import numpy as np
import warp as wp
from numpy.typing import NDArray

from physics.compiler import driver
from physics.compiler.lanes import LANE_COUNT, Real
from physics.compiler.methods import METHODS
from physics.simulate import choice, device, tables
from physics.simulate.model import Floats, Model

STACK_BYTES = 512 << 20
"""Room for the arrays of islands of thousands of unknowns (2,000 take 20 MB); untouched pages cost nothing."""

MOST_TRIES = 200_000.0
"""Steps tried from one sample to the next, after which a world is given up."""

TASKS_PER_THREAD = 8
"""Launches of one kernel for each thread: enough to share work evenly and to report progress."""


class Status(IntEnum):
    """How a world's run ended."""

    OK = int(driver.STATUS_OK)
    DIVERGED = int(driver.STATUS_DIVERGED)
    STEP_TOO_SMALL = int(driver.STATUS_STEP_TOO_SMALL)
    NO_START = int(driver.STATUS_NO_START)
    CHATTERING = int(driver.STATUS_CHATTERING)
    WEAK_PIVOT = int(driver.STATUS_WEAK_PIVOT)


class RolloutRefused(ValueError):  # noqa: N818 (it names what happened)
    """The numbers given to a rollout cannot be simulated; the message names each."""


class TooLarge(MemoryError):  # noqa: N818 (it names what happened)
    """The rollout would need more memory than allowed; the message gives both numbers."""


@dataclass(frozen=True)
class Options:
    """How to integrate.

    Attributes: rtol, relative tolerance per step (absolute: rtol times the nominal size); method, "auto" for a choice
    by island, or "rodas4", "dopri5" or "rk4" for all; max_step_s, the step itself for "rk4" (a sample by default);
    threads; lead, let the first of each eight worlds alone choose the steps, so that results vary smoothly over the
    other seven; memory_limit_bytes, refuse above it; precision, "float64", or "float32" for sixteen worlds at a time
    and seven digits, with the explicit methods only.
    """

    rtol: float = 1e-4
    method: str = choice.AUTOMATIC
    max_step_s: float = float("inf")
    threads: int = 2
    lead: bool = False
    memory_limit_bytes: int = 4 << 30
    precision: str = "float64"


@dataclass(frozen=True)
class Rollout:
    """What happened in each world.

    Attributes: outputs [T, S, W], NaN from a world's failure on; final [Z, W], unknowns at T * sample_s; status [W];
    failed_at_s [W], NaN where nothing failed; failed_island [W], -1 where none; steps and events [W], summed over
    islands; methods, of each island, the second for worlds that the first could not finish.
    """

    outputs: Floats
    final: Floats
    status: NDArray[np.int64]
    failed_at_s: Floats
    failed_island: NDArray[np.int64]
    steps: NDArray[np.int64]
    events: NDArray[np.int64]
    methods: tuple[str, ...] = ()


def rollout(
    model: Model,
    *,
    inputs: Floats,
    sample_s: float,
    parameters: Floats | None = None,
    start: Floats | None = None,
    options: Options | None = None,
    progress: Callable[[float], None] | None = None,
) -> Rollout:
    """Simulate worlds; row k of `inputs` holds over [k, k + 1) * sample_s, row k of the outputs is seen at k.

    Args:
        model: A compiled plant.
        inputs: Values of `model.input_names`, shape [T, I] for all worlds or [T, I, W].
        sample_s: Time between rows.
        parameters: Shape [P, W]; the plant's own by default.
        start: Unknowns at time zero, shape [Z, W]; algebraic ones are a first guess. The plant's own by default.
        options: Tolerances, threads, memory limit.
        progress: Called with the finished share, 0 to 1.
    Raises: RolloutRefused, TooLarge.
    """
    chosen = options or Options()
    worlds = _worlds(inputs, parameters, start)
    _check(model, inputs, sample_s, parameters, start)
    needed = model.memory_bytes(len(inputs), worlds)
    if needed > chosen.memory_limit_bytes:
        raise TooLarge(f"rollout: got {needed:,} bytes for {len(inputs)} samples x {worlds} worlds, need at most "
                       f"{chosen.memory_limit_bytes:,}. Ask for fewer worlds, samples or outputs.")  # fmt: skip
    numbers = _Numbers(
        inputs,
        model.parameters[:, None] if parameters is None else parameters,
        model.start[:, None] if start is None else start,
    )
    try:
        runs = [_Run(model, kin, numbers, sample_s, worlds, chosen) for kin in _kin(model)]
    except ValueError as unsuited:
        raise RolloutRefused(str(unsuited)) from unsuited
    _launch(runs, chosen.threads, progress)
    if chosen.method == choice.AUTOMATIC and chosen.precision == "float64":
        _take_again(model, runs, numbers, sample_s, replace(chosen, method=choice.STIFF))
    return _gather(model, runs, len(inputs), worlds)


def _worlds(inputs: Floats, parameters: Floats | None, start: Floats | None) -> int:
    sizes = {a.shape[-1] for a in (parameters, start) if a is not None}
    sizes |= {inputs.shape[2]} if inputs.ndim == 3 else set()
    if len(sizes) > 1:
        raise RolloutRefused(f"worlds: got {sorted(sizes)} in different arguments, need one number of worlds.")
    return sizes.pop() if sizes else 1


def _check(model: Model, inputs: Floats, sample_s: float, parameters: Floats | None, start: Floats | None) -> None:
    faults = []
    if inputs.ndim not in (2, 3) or inputs.shape[1] != len(model.input_names) or len(inputs) == 0:
        faults.append(
            f"inputs: got shape {inputs.shape}, need [T >= 1, {len(model.input_names)}] or the same by worlds."
        )
    else:
        series = inputs if inputs.ndim == 3 else inputs[:, :, None]
        for i in np.flatnonzero(~np.isfinite(series).all(axis=(0, 2))):
            row, world = np.argwhere(~np.isfinite(series[:, i]))[0]
            got = f"inputs[{row}] {model.input_names[i]}: got {series[row, i, world]}"
            faults.append(f"{got}, need a finite number in every row. Fill or cut out the gap first.")
    if not (sample_s > 0 and np.isfinite(sample_s)):
        faults.append(f"sample_s: got {sample_s}, need a positive time. Check the unit.")
    for label, array, names in (("parameters", parameters, model.parameter_names), ("start", start, model.state_names)):
        if array is None:
            continue
        if array.ndim != 2 or len(array) != len(names):
            faults.append(f"{label}: got shape {array.shape}, need [{len(names)}, W].")
        else:
            bad = np.flatnonzero(~np.isfinite(array).all(axis=1))
            faults += [
                f"{label} {names[i]}: got {array[i][~np.isfinite(array[i])][0]}, need a finite number. "
                "Check where it comes from."
                for i in bad
            ]
    faults += tables.faults(model, model.parameters[:, None] if parameters is None else parameters)
    if faults:
        raise RolloutRefused("\n".join(faults))


@dataclass(frozen=True)
class _Numbers:
    """What the caller gave: inputs [T, I] or [T, I, W], parameters [P, 1 or W], start [Z, 1 or W]."""

    inputs: Floats
    parameters: Floats
    start: Floats

    def only(self, worlds: NDArray[np.intp]) -> _Numbers:
        """Those of some worlds."""
        inputs = self.inputs if self.inputs.ndim == 2 else self.inputs[..., worlds]
        return _Numbers(inputs, *(a if a.shape[1] == 1 else a[:, worlds] for a in (self.parameters, self.start)))


def _kin(model: Model) -> list[list[int]]:
    """Islands that run the same code, together."""
    found: dict[int, list[int]] = {}
    for index, island in enumerate(model.islands):
        found.setdefault(id(island.system.representative or island.system), []).append(index)
    return list(found.values())


class _Run:
    """The arrays of islands that share a kernel, side by side as if they were worlds.

    Each island takes `width` columns, its worlds first; with a leading lane an island starts with a group of its own.
    What is left of the last group is filled by copies of the last world.
    """

    def __init__(
        self, model: Model, kin: list[int], numbers: _Numbers, sample_s: float, worlds: int, options: Options
    ) -> None:
        self.kin, self.worlds, self.switched = kin, worlds, np.zeros(len(kin), np.bool_)
        self.places = [(index, model.islands[index]) for index in kin]
        islands = [island for _, island in self.places]
        system = islands[0].system
        self.method = choice.method_for(system, sample_s, options.method)
        real = choice.real_for(self.method, options.precision, rtol=options.rtol, lead=options.lead)
        self.lead = options.lead
        self.width = _whole(worlds, real) if options.lead else worlds
        columns = _whole(self.width * len(islands), real)
        self.groups = columns // real.lanes
        held = np.dtype(options.precision)
        self.z = _beside([numbers.start[i.states] for i in islands], self.width, columns, held)
        self.p = _beside([numbers.parameters[i.parameters] for i in islands], self.width, columns, held)
        self.nets = tables.placed(model, islands, self.p, self.width)
        series = numbers.inputs if numbers.inputs.ndim == 3 else numbers.inputs[:, :, None]
        if series.shape[2] == 1 and (len(islands) == 1 or not len(islands[0].inputs)):
            self.u = _beside([series[:, islands[0].inputs]], 1, 1, held)
        else:
            self.u = _beside([series[:, i.inputs] for i in islands], self.width, columns, held)
        self.outputs = np.empty((len(series), max(1, len(islands[0].outputs)), columns), held)
        self.info = np.zeros((len(driver.INFO_ROWS), columns), held)
        self.kernel = device.kernel(system, self.method, options.precision)
        longest_s = min(options.max_step_s, sample_s if METHODS[self.method].fixed else 1e30)
        tries = MOST_TRIES
        if options.method == choice.AUTOMATIC and self.method == choice.PLAIN and options.precision == "float64":
            tries = choice.PATIENCE + 3.0 * sample_s / longest_s
        scalars = (len(series), columns, self.u.shape[2], float(sample_s), options.rtol, longest_s, tries)
        arrays = [_share(a) for a in (self.z, self.p, self.u, self.outputs, self.info, self.nets)]
        self.arguments = [*arrays, *scalars, int(options.lead)]

    def launch(self, first: int, count: int) -> None:
        """Carry some groups through the whole rollout."""
        wp.launch(self.kernel, dim=count, inputs=[*self.arguments, first], device="cpu")

    def unfinished(self) -> NDArray[np.bool_]:
        """Which worlds of which islands broke off, shape [K, W]; all that share the steps of one that did."""
        ended = self.info[0, : self.width * len(self.kin)].reshape(len(self.kin), self.width)
        found: NDArray[np.bool_] = (ended == Status.DIVERGED) | (ended == Status.STEP_TOO_SMALL)
        if self.lead:
            found = np.repeat(found.reshape(len(self.kin), -1, LANE_COUNT).any(axis=2), LANE_COUNT, axis=1)
        return found[:, : self.worlds]

    def replace(self, broken: NDArray[np.bool_], other: _Run) -> None:
        """Put another run's results in the place of the broken off ones; it ran every world that has one."""
        place = np.cumsum(broken.any(axis=0)) - 1
        for k, worlds in enumerate(broken):
            own, theirs = k * self.width + np.flatnonzero(worlds), k * other.width + place[worlds]
            for ours, found in ((self.z, other.z), (self.outputs, other.outputs), (self.info, other.info)):
                ours[..., own] = found[..., theirs]
            self.switched[k] = worlds.any()


def _whole(worlds: int, real: Real) -> int:
    """Worlds filled up to whole groups."""
    return -(-worlds // real.lanes) * real.lanes


def _beside(arrays: list[Floats], width: int, columns: int, held: np.dtype[Any]) -> NDArray[np.floating]:
    """The arrays side by side on their last axis, each filled up to `width` by its last entry; at least one row."""
    if arrays[0].shape[-2] == 0:
        return np.zeros((*arrays[0].shape[:-2], 1, columns), held)
    found = np.empty((*arrays[0].shape[:-1], columns), held)
    for index, array in enumerate(arrays):
        own = found[..., index * width : (index + 1) * width]
        own[..., : array.shape[-1]] = array
        own[..., array.shape[-1] :] = array[..., -1:]
    found[..., len(arrays) * width :] = found[..., len(arrays) * width - 1 : len(arrays) * width]
    return found


def _share(array: NDArray[np.floating]) -> Any:
    """A Warp view of the array's memory."""
    return wp.array(array, dtype=device.NUMBERS[array.dtype.name], device="cpu", copy=False)


def _launch(runs: list[_Run], threads: int, progress: Callable[[float], None] | None) -> None:
    tasks = []
    for run in runs:
        each = max(1, run.groups // (TASKS_PER_THREAD * max(1, threads)))
        tasks += [(run, first, min(each, run.groups - first)) for first in range(0, run.groups, each)]
    usual = threading.stack_size(STACK_BYTES)
    with ThreadPoolExecutor(max_workers=max(1, threads)) as pool:
        futures = [pool.submit(run.launch, first, count) for run, first, count in tasks]
        threading.stack_size(usual)
        for done, future in enumerate(futures, start=1):
            future.result()
            if progress is not None:
                progress(done / len(tasks))


def _take_again(model: Model, runs: list[_Run], numbers: _Numbers, sample_s: float, options: Options) -> None:
    """Run what an explicit method broke off once more with the implicit one: only later states made it stiff."""
    for run in runs:
        broken = run.unfinished() if run.method == choice.PLAIN else np.zeros((1, 1), np.bool_)
        worlds = np.flatnonzero(broken.any(axis=0))
        if len(worlds):
            other = _Run(model, run.kin, numbers.only(worlds), sample_s, len(worlds), options)
            _launch([other], options.threads, None)
            run.replace(broken, other)


def _gather(model: Model, runs: list[_Run], samples: int, worlds: int) -> Rollout:
    outputs = np.full((samples, len(model.output_names), worlds), np.nan)
    final = np.empty((len(model.state_names), worlds))
    status = np.zeros(worlds, np.int64)
    failed_at_s = np.full(worlds, np.nan)
    failed_island = np.full(worlds, -1)
    steps, events = np.zeros(worlds, np.int64), np.zeros(worlds, np.int64)
    placed = sorted(
        ((index, k, run) for run in runs for k, (index, _) in enumerate(run.places)), key=lambda place: place[0]
    )
    methods = [""] * len(model.islands)
    for index, k, run in placed:
        methods[index] = f"{run.method}, {choice.STIFF}" if run.switched[k] else run.method
        island, own = model.islands[index], slice(k * run.width, k * run.width + worlds)
        outputs[:, island.outputs] = run.outputs[:, : len(island.outputs), own]
        final[island.states] = run.z[: len(island.states), own]
        ended, failed = run.info[0, own].astype(np.int64), run.info[1, own]
        first = (ended != 0) & ~(failed_at_s <= failed)
        status[first], failed_at_s[first], failed_island[first] = ended[first], failed[first], index
        steps += run.info[2, own].astype(np.int64)
        events += run.info[5, own].astype(np.int64)
    return Rollout(outputs, final, status, failed_at_s, failed_island, steps, events, tuple(methods))
