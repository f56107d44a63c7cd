"""Training on by groups: each island of a plant is work of its own, which any runner that has time takes.

The job that asks does groups itself, one after the other, and meanwhile others may take some: whoever holds a group's
lock works on it, a killed holder's lock is free at once, and a group that has its result is never done again. So one
runner alone does all, two share, and the joined result is the same whoever did what.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from residual_models.ensemble import carry_on
from residual_models.levenberg import Array
from residual_models.train import Plan
from twin.calibration.islands import alone, learning, with_weights
from twin.calibration.study import Study
from twin.services import recalibration_files as files
from twin.services.context import Context, Progress

State = dict[str, Any]

STAGES = ("train", "refit")
PINNED = ("window", "revision", "champion", "maintained", "gate_at", "rounds", "notes")
"""What whoever takes an island needs of the state of the job that asks, to see the same study."""
PAUSE_S = 0.2
"""Between looks at what others are doing."""


def learn(
    context: Context, state: State, stage: str, ready: Study, values: Array, expected: Array, progress: Progress
) -> Array:
    """Train members on, island by island; numbers that no sensor tells of stay.

    The task in the job's folder is an offer: runners that see it hand its islands out (`hand_out`).

    Args:
        context: Access to the world.
        state: The job's: its id, plan and what its steps pinned.
        stage: "train" or "refit": names the work in the job's folder.
        ready: The whole study, weights not yet among the free numbers.
        values: Where the members stand, shape [F, M], physical numbers and weights.
        expected: Error per tag [S].
        progress: Told the finished share.
    Returns: Values [F, M]; the same numbers whoever did which island.
    """
    islands = learning(ready)
    if len(islands) < 2:
        return carry_on(
            with_weights(ready), values, expected, own_starts=ready.own, floor=ready.floor, plan=plan(state),
            progress=progress,
        ).fit.values  # fmt: skip
    offer = {"islands": list(islands), **{name: state[name] for name in PINNED if name in state}}
    task = files.save(context, state["job"], task_of(stage), {"values": values, "expected": expected}, offer)
    left, found = list(islands), values.copy()
    names = with_weights(ready).numbers.names
    while left:
        for island in tuple(left):
            share = 1.0 - len(left) / len(islands)

            def told(done: float, text: str, share: float = share, island: int = island) -> None:
                progress(share + done / len(islands), f"island {island}, {text}")

            mine = take(context, state["job"], stage, ready, island, task, plan(state), told)
            if mine is not None:
                rows = [names.index(name) for name in _numbers(ready, island)]
                found[rows] = mine
                left.remove(island)
        if left:
            progress(1.0 - len(left) / len(islands), f"{len(left)} islands are with other runners")
            time.sleep(PAUSE_S)
    return found


def take(
    context: Context, job: str, stage: str, ready: Study, island: int, task: str, how: Plan, progress: Progress
) -> Array | None:
    """The island's values [F, M]: as somebody found them, or found now; None while somebody else is at it."""
    name = result_of(stage, island)
    with _held(context, job, name) as mine:
        if not mine:
            return None
        known = files.digest_of(context, job, name)
        if known is not None:
            return files.load(context, job, name, known)[0]["values"]
        asked = files.load(context, job, task_of(stage), task)[0]
        part = alone(ready, island)
        whole = with_weights(ready).numbers.names
        rows = [whole.index(number) for number in _numbers(ready, island)]
        tags = [ready.assembly.sensor_tags.index(tag) for tag in part.assembly.sensor_tags]
        found = carry_on(
            with_weights(part), asked["values"][rows], asked["expected"][tags], own_starts=part.own, floor=part.floor,
            plan=how, progress=progress,
        ).fit.values  # fmt: skip
        files.save(context, job, name, {"values": found}, {})
        return found


def task_of(stage: str) -> str:
    """Name of the work of a stage in the job's folder: where the members stand, what takers need to know."""
    return f"{stage}-task"


def result_of(stage: str, island: int) -> str:
    """Name of an island's result in the job's folder."""
    return f"{stage}-island-{island}"


def plan(state: State) -> Plan:
    """How long to train."""
    return Plan(rounds=tuple(state["rounds"]), folder=state.get("notes", ""))


def _numbers(ready: Study, island: int) -> tuple[str, ...]:
    return with_weights(alone(ready, island)).numbers.names


@contextmanager
def _held(context: Context, job: str, name: str) -> Iterator[bool]:
    """Hold a piece of work; False where another process does. The lock ends with the process, however it ends."""
    folder = files.folder(context, job)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.lock").open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
