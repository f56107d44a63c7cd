"""Worlds run forward in time: every island of every world, eight worlds in lanes, on both cores."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
import warp as wp
from numpy.typing import NDArray

from physics.compiler import driver
from physics.compiler.lanes import LANE_COUNT
from physics.simulate import device
from physics.simulate.model import Floats, IslandModel, Model

TASKS_PER_THREAD = 8
"""Launches of one island for each thread: enough to share work evenly and to report progress."""


class Status(IntEnum):
    """How a world's run ended."""

    OK = int(driver.STATUS_OK)
    DIVERGED = int(driver.STATUS_DIVERGED)
    STEP_TOO_SMALL = int(driver.STATUS_STEP_TOO_SMALL)
    NO_START = int(driver.STATUS_NO_START)


class RolloutRefused(ValueError):  # noqa: N818 (it names what happened)
    """The numbers given to a rollout cannot be simulated; the message names each."""


class TooLarge(MemoryError):  # noqa: N818 (it names what happened)
    """The rollout would need more memory than allowed; the message gives both numbers."""


@dataclass(frozen=True)
class Options:
    """How to integrate.

    Attributes: rtol, relative tolerance per step (absolute: rtol times the nominal size); method, "rodas4" or "rodas3";
    max_step_s; threads; lead, let the first of each eight worlds alone choose the steps, so that results vary smoothly
    over the other seven; memory_limit_bytes, refuse above it.
    """

    rtol: float = 1e-4
    method: str = "rodas4"
    max_step_s: float = float("inf")
    threads: int = 2
    lead: bool = False
    memory_limit_bytes: int = 4 << 30


@dataclass(frozen=True)
class Rollout:
    """What happened in each world.

    Attributes: outputs [T, S, W], NaN from a world's failure on; final [Z, W], unknowns at T * sample_s; status [W];
    failed_at_s [W], NaN where nothing failed; failed_island [W], -1 where none; steps [W], summed over islands.
    """

    outputs: Floats
    final: Floats
    status: NDArray[np.int64]
    failed_at_s: Floats
    failed_island: NDArray[np.int64]
    steps: NDArray[np.int64]


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
    runs = [_Run(model, island, inputs, sample_s, parameters, start, worlds, chosen) for island in model.islands]
    _launch(runs, chosen.threads, progress)
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
        finite = np.isfinite(series).all(axis=(0, 2))
        bad = np.flatnonzero(~finite)
        faults += [f"inputs: got a value that is not finite in {model.input_names[i]}, need finite ones." for i in bad]
    if not (sample_s > 0 and np.isfinite(sample_s)):
        faults.append(f"sample_s: got {sample_s}, need a positive time.")
    for label, array, names in (("parameters", parameters, model.parameter_names), ("start", start, model.state_names)):
        if array is None:
            continue
        if array.ndim != 2 or len(array) != len(names):
            faults.append(f"{label}: got shape {array.shape}, need [{len(names)}, W].")
        else:
            bad = np.flatnonzero(~np.isfinite(array).all(axis=1))
            faults += [f"{label}: got a value that is not finite in {names[i]}, need finite ones." for i in bad]
    if faults:
        raise RolloutRefused("\n".join(faults))


class _Run:
    """One island's arrays, worlds padded to whole groups by copies of the last one."""

    def __init__(
        self,
        model: Model,
        island: IslandModel,
        inputs: Floats,
        sample_s: float,
        parameters: Floats | None,
        start: Floats | None,
        worlds: int,
        options: Options,
    ) -> None:
        self.island, self.groups = island, -(-worlds // LANE_COUNT)
        padded = self.groups * LANE_COUNT
        own = model.parameters[:, None] if parameters is None else parameters
        begin = model.start[:, None] if start is None else start
        self.z = _padded(begin[island.states], padded)
        self.p = _padded(own[island.parameters], padded)
        chosen = inputs[:, island.inputs]
        self.u = _padded(chosen[:, :, None], 1) if chosen.ndim == 2 else _padded(chosen, padded)
        self.outputs = np.empty((len(inputs), max(1, len(island.outputs)), padded))
        self.info = np.zeros((len(driver.INFO_ROWS), padded))
        self.kernel = device.kernel(island.system, options.method)
        scalars = (len(inputs), padded, self.u.shape[2], float(sample_s), options.rtol, min(options.max_step_s, 1e30))
        arrays = [_share(a) for a in (self.z, self.p, self.u, self.outputs, self.info)]
        self.arguments = [*arrays, *scalars, int(options.lead)]

    def launch(self, first: int, count: int) -> None:
        """Carry some groups through the whole rollout."""
        wp.launch(self.kernel, dim=count, inputs=[*self.arguments, first], device="cpu")


def _padded(array: Floats, worlds: int) -> Floats:
    """The array with its last axis filled up to `worlds` by its last entry, at least one row."""
    if array.shape[-2] == 0:
        array = np.zeros((*array.shape[:-2], 1, array.shape[-1]))
    missing = worlds - array.shape[-1]
    return np.ascontiguousarray(np.concatenate([array, np.repeat(array[..., -1:], missing, axis=-1)], axis=-1))


def _share(array: Floats) -> Any:
    """A Warp view of the array's memory."""
    return wp.array(array, dtype=wp.float64, device="cpu", copy=False)


def _launch(runs: list[_Run], threads: int, progress: Callable[[float], None] | None) -> None:
    tasks = []
    for run in runs:
        each = max(1, run.groups // (TASKS_PER_THREAD * max(1, threads)))
        tasks += [(run, first, min(each, run.groups - first)) for first in range(0, run.groups, each)]
    with ThreadPoolExecutor(max_workers=max(1, threads)) as pool:
        futures = [pool.submit(run.launch, first, count) for run, first, count in tasks]
        for done, future in enumerate(futures, start=1):
            future.result()
            if progress is not None:
                progress(done / len(tasks))


def _gather(model: Model, runs: list[_Run], samples: int, worlds: int) -> Rollout:
    outputs = np.full((samples, len(model.output_names), worlds), np.nan)
    final = np.empty((len(model.state_names), worlds))
    status = np.zeros(worlds, np.int64)
    failed_at_s = np.full(worlds, np.nan)
    failed_island = np.full(worlds, -1)
    steps = np.zeros(worlds, np.int64)
    for index, run in enumerate(runs):
        outputs[:, run.island.outputs] = run.outputs[:, : len(run.island.outputs), :worlds]
        final[run.island.states] = run.z[: len(run.island.states), :worlds]
        own, failed = run.info[0, :worlds].astype(np.int64), run.info[1, :worlds]
        first = (own != 0) & ~(failed_at_s <= failed)
        status[first], failed_at_s[first], failed_island[first] = own[first], failed[first], index
        steps += run.info[2, :worlds].astype(np.int64)
    return Rollout(outputs, final, status, failed_at_s, failed_island, steps)
