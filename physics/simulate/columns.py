"""Islands that run the same code, side by side as columns of one launch, on the CPU or a CUDA device."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import warp as wp
from numpy.typing import NDArray

from physics.compiler import driver
from physics.compiler.lanes import LANE_COUNT
from physics.compiler.methods import METHODS
from physics.simulate import choice, device, tables
from physics.simulate.model import Floats, Model
from physics.simulate.options import Options
from physics.simulate.threads import carry

MOST_TRIES = 200_000.0
"""Steps tried from one sample to the next, after which a world is given up."""

TASKS_PER_THREAD, GROUPS_A_TASK = 8, 4
"""Launches of one kernel for each thread: enough to share work evenly and to report progress. Of few worlds each
still carries some groups, so that a lane that is through finds another one: 8 % fewer turns in eight stiff hours."""
FEW_ROWS, TASKS_OF_FEW = 16, 2
"""A run of so few rows is cut into fewer launches for each thread: of the demo plant's, from one correction of a filter
to the next, 48 took as long to hand over as to do."""


@dataclass(frozen=True)
class Numbers:
    """What the caller gave: inputs [T, I] or [T, I, W], parameters [P, 1 or W], start [Z, 1 or W]."""

    inputs: Floats
    parameters: Floats
    start: Floats

    def only(self, worlds: NDArray[np.intp]) -> Numbers:
        """Those of some worlds."""
        inputs = self.inputs if self.inputs.ndim == 2 or self.inputs.shape[2] == 1 else self.inputs[..., worlds]
        return Numbers(inputs, *(a if a.shape[1] == 1 else a[:, worlds] for a in (self.parameters, self.start)))


class Run:
    """The arrays of islands that share a kernel, side by side as if they were worlds.

    Each island takes `width` columns, its worlds first; with a leading lane an island starts with a group of its own.
    What is left of the last group is filled by copies of the last world.
    """

    def __init__(
        self, model: Model, kin: list[int], numbers: Numbers, sample_s: float, worlds: int, options: Options
    ) -> None:
        self.kin, self.worlds, self.switched = kin, worlds, np.zeros(len(kin), np.bool_)
        self.places = [(index, model.islands[index]) for index in kin]
        islands = [island for _, island in self.places]
        system = islands[0].system
        self.method = choice.method_for(system, sample_s, options.method)
        real = choice.real_for(self.method, options.precision, rtol=options.rtol, lead=options.lead)
        self.lead, self.on = options.lead, device.known(options.device)
        lanes = real.lanes if self.on == device.CPU else 1
        self.width = _whole(worlds, lanes) if options.lead else worlds
        columns = _whole(self.width * len(islands), lanes)
        self.groups = columns // lanes
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
        self.kernel = device.kernel(system, self.method, options.precision, on=self.on)
        own = METHODS[self.method]
        # at rest nothing bounds an explicit step but stability, which copies that share it would lose
        by_sample = own.fixed or (options.lead and not own.implicit)
        longest_s = min(options.max_step_s, sample_s if by_sample else 1e30)
        tries = MOST_TRIES
        if options.method == choice.AUTOMATIC and self.method == choice.PLAIN and options.precision == "float64":
            tries = choice.PATIENCE + 3.0 * sample_s / longest_s
        scalars = (len(series), columns, self.u.shape[2], float(sample_s), options.rtol, longest_s, tries)
        arrays = [share(a, self.on) for a in (self.z, self.p, self.u, self.outputs, self.info, self.nets)]
        self.arguments = [*arrays, *scalars, int(options.lead)]

    def launch(self, first: int, count: int) -> None:
        """Carry some groups through the whole rollout."""
        together = self.on == device.CPU
        dim, width, groups = (1, 1, count) if together else (count, device.BLOCK, 1)
        wp.launch(self.kernel, dim=dim, inputs=[*self.arguments, first, groups], device=self.on, block_dim=width)

    def fetch(self) -> None:
        """Bring what a device computed back; on the CPU it is here."""
        if self.on != device.CPU:
            for index, own in ((0, self.z), (3, self.outputs), (4, self.info)):
                np.copyto(own, self.arguments[index].numpy())

    def unfinished(self) -> NDArray[np.bool_]:
        """Which worlds of which islands broke off, shape [K, W]; all that share the steps of one that did."""
        ended = self.info[0, : self.width * len(self.kin)].reshape(len(self.kin), self.width)
        found: NDArray[np.bool_] = np.isin(ended, (driver.STATUS_DIVERGED, driver.STATUS_STEP_TOO_SMALL))
        if self.lead:
            found = np.repeat(found.reshape(len(self.kin), -1, LANE_COUNT).any(axis=2), LANE_COUNT, axis=1)
        return found[:, : self.worlds]

    def replace(self, broken: NDArray[np.bool_], other: Run) -> None:
        """Put another run's results in the place of the broken off ones; it ran every world that has one."""
        place = np.cumsum(broken.any(axis=0)) - 1
        for k, worlds in enumerate(broken):
            own, theirs = k * self.width + np.flatnonzero(worlds), k * other.width + place[worlds]
            for ours, found in ((self.z, other.z), (self.outputs, other.outputs), (self.info, other.info)):
                ours[..., own] = found[..., theirs]
            self.switched[k] = worlds.any()


def _whole(worlds: int, lanes: int) -> int:
    """Worlds filled up to whole groups."""
    return -(-worlds // lanes) * lanes


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


def share(array: NDArray[np.floating], on: str = device.CPU) -> Any:
    """A Warp view of the array's memory; on a device, a copy."""
    return wp.array(array, dtype=device.NUMBERS[array.dtype.name], device=on, copy=on != device.CPU)


def launch_all(runs: list[Run], threads: int, progress: Callable[[float], None] | None) -> None:
    """Carry all through the whole rollout: in pieces on the CPU's threads, else in one for each kernel."""
    tasks = []
    for run in runs:
        each = run.groups if threads <= 1 and progress is None else _piece(run, max(1, threads))
        tasks += [partial(run.launch, first, min(each, run.groups - first)) for first in range(0, run.groups, each)]
    carry(tasks, threads=threads, done=progress)
    for run in runs:
        run.fetch()


def _piece(run: Run, threads: int) -> int:
    """How many groups one launch carries."""
    if run.on != device.CPU:
        return run.groups
    tasks = threads * (TASKS_OF_FEW if len(run.outputs) <= FEW_ROWS else TASKS_PER_THREAD)
    return max(run.groups // tasks, min(GROUPS_A_TASK, -(-run.groups // threads)))
