"""Worlds run forward in time: every island of every world, eight in lanes on both cores, or one a thread on a GPU."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from physics.compiler import driver
from physics.simulate import choice, tables
from physics.simulate.columns import Numbers, Run, launch_all
from physics.simulate.model import Floats, Model
from physics.simulate.options import Options as Options


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

    def only(self, worlds: NDArray[np.intp]) -> Rollout:
        """Some worlds, in this order."""
        each = ("outputs", "final", "status", "failed_at_s", "failed_island", "steps", "events")
        return replace(self, **{name: getattr(self, name)[..., worlds] for name in each})


def rollout(
    model: Model,
    *,
    inputs: Floats,
    sample_s: float,
    parameters: Floats | None = None,
    start: Floats | None = None,
    options: Options | None = None,
    order: NDArray[np.intp] | None = None,
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
        order: Of the worlds [W] in the lanes, those with about as many steps beside each other. What they do is the
            same in any order; eight take the time of the slowest of them.
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
    model, numbers_of = tables.gathered(model, model.parameters[:, None] if parameters is None else parameters)
    numbers = Numbers(
        inputs,
        numbers_of,
        model.start[:, None] if start is None else start,
    )
    numbers = numbers if order is None else numbers.only(order)
    try:
        runs = [Run(model, kin, numbers, sample_s, worlds, chosen) for kin in kin_of(model)]
    except ValueError as unsuited:
        raise RolloutRefused(str(unsuited)) from unsuited
    launch_all(runs, chosen.threads, progress)
    if chosen.method == choice.AUTOMATIC and chosen.precision == "float64":
        _take_again(model, runs, numbers, sample_s, replace(chosen, method=choice.STIFF))
    found = gather(model, runs, len(inputs), worlds)
    return found if order is None else found.only(np.argsort(order))


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


def kin_of(model: Model) -> list[list[int]]:
    """Islands that run the same code, together."""
    found: dict[int, list[int]] = {}
    for index, island in enumerate(model.islands):
        found.setdefault(id(island.system.representative or island.system), []).append(index)
    return list(found.values())


def _take_again(model: Model, runs: list[Run], numbers: Numbers, sample_s: float, options: Options) -> None:
    """Run what an explicit method broke off once more with the implicit one: only later states made it stiff."""
    for run in runs:
        broken = run.unfinished() if run.method == choice.PLAIN else np.zeros((1, 1), np.bool_)
        worlds = np.flatnonzero(broken.any(axis=0))
        if len(worlds):
            other = Run(model, run.kin, numbers.only(worlds), sample_s, len(worlds), options)
            launch_all([other], options.threads, None)
            run.replace(broken, other)


def gather(model: Model, runs: list[Run], samples: int, worlds: int) -> Rollout:
    """The columns of all islands as one rollout; a world fails where its first island does."""
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
