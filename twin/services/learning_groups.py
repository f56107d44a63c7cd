"""Training by groups: each island of a plant is work of its own, which any runner that has time takes.

The job that asks does groups itself, one after the other, and meanwhile others may take some: whoever holds a group's
lock works on it, a killed holder's lock is free at once, and a group that has its result is never done again. So one
runner alone does all, two share, and the joined result is the same whoever did what.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from residual_models import noise
from residual_models.ensemble import Apart, Ensemble, as_they_stand, carry_on, cross_fit
from residual_models.levenberg import Array
from residual_models.networks.tanh_layer import first_weights
from residual_models.train import Plan
from twin.calibration.islands import alone, learning, with_weights
from twin.calibration.study import Study
from twin.services import recalibration_files as files
from twin.services.context import Context, Progress

State = dict[str, Any]

STAGES = ("physics", "residual", "train", "refit")
"""A first model by cross-fit, without its corrections and with them; going on with a champion, and when promoted."""
CROSS = frozenset({"physics", "residual"})
PINNED = ("window", "revision", "champion", "maintained", "gate_at", "rounds", "notes", "members", "seed")
"""What whoever takes an island needs of the state of the job that asks, to see the same study and train alike."""
PAUSE_S = 0.2
"""Between looks at what others are doing."""


@dataclass(frozen=True)
class Part:
    """One island's study, and which of the plant's free numbers (weights last) and tags are its own."""

    ready: Study
    numbers: NDArray[np.intp]
    tags: NDArray[np.intp]

    @staticmethod
    def of(ready: Study, island: int) -> Part:
        """Of the whole plant's study."""
        own = alone(ready, island)
        numbers, tags = with_weights(ready).numbers.names, ready.assembly.sensor_tags
        return Part(
            own,
            np.array([numbers.index(name) for name in with_weights(own).numbers.names], np.intp),
            np.array([tags.index(tag) for tag in own.assembly.sensor_tags], np.intp),
        )


def learn(
    context: Context, state: State, stage: str, ready: Study, values: Array, expected: Array, progress: Progress
) -> Array:
    """Train members on, island by island; numbers that no sensor tells of stay.

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
        return _carried_on(ready, state, values, expected, progress).fit.values
    found = values.copy()
    for part, mine in _each(context, state, stage, ready, {"values": values, "expected": expected}, progress):
        found[part.numbers] = mine["values"]
    return found


def learn_apart(context: Context, state: State, stage: str, ready: Study, best: Array, progress: Progress) -> Ensemble:
    """Cross-fit a first model, island by island; see `ensemble.cross_fit`.

    Args:
        context: Access to the world.
        state: The job's, with the count of members and the seed.
        stage: "physics", or "residual": with the corrections' weights.
        ready: The whole study.
        best: Physical numbers [F] that a fit over everything found.
        progress: Told the finished share.
    """
    if len(learning(ready)) < 2:
        return _cross_fitted(ready, state, stage, best, progress)
    runs, values = ready.runs, np.repeat(best[:, None], state["members"], axis=1)
    if stage == "residual":
        runs = with_weights(ready)
        values = np.concatenate([values, first_weights(ready.weights, state["members"], state["seed"])])
    measured = [np.where(record.mask, record.measured, np.nan) for record in runs.records]
    unseen, sigma = [np.full(record.shape, np.nan) for record in measured], np.full(len(ready.floor), np.nan)
    left, spans = values.copy(), np.full((values.shape[1], 3), np.inf)
    for part, mine in _each(context, state, stage, ready, {"best": best}, progress):
        values[part.numbers[: len(mine["values"])]] = mine["values"]
        left[part.numbers[: len(mine["apart"])]] = mine["apart"]
        # The stretches are the same for all islands; how much more was hidden is not.
        spans = np.minimum(spans, mine["spans"])
        sigma[part.tags] = mine["sigma"]
        for at, record in enumerate(unseen):
            record[:, part.tags] = mine[f"unseen_{at}"]
    taught = np.isfinite(sigma)
    whole = np.concatenate(measured)
    sigma = np.where(taught, sigma, _sizes(whole - np.nanmean(whole, axis=0), ready.floor))
    found = as_they_stand(runs, values, sigma, own_starts=ready.own, plan=plan(state))
    # Tags of islands that learn nothing: no member was taught by them.
    unseen = [np.where(taught, own, free) for own, free in zip(unseen, found.central, strict=True)]
    sigma = np.where(taught, sigma, _sizes(np.concatenate(unseen) - whole, ready.floor))
    apart = Apart(left, spans.astype(np.int64))
    return replace(found, fit=replace(found.fit, sigma=sigma), unseen=tuple(unseen), apart=apart)


def take(
    context: Context, state: State, stage: str, part: Part, island: int, task: str, progress: Progress
) -> dict[str, Array] | None:
    """What an island learns: as somebody found it, or found now; None while somebody else is at it."""
    job, name = state["job"], result_of(stage, island)
    with _held(context, job, name) as mine:
        if not mine:
            return None
        known = files.digest_of(context, job, name)
        if known is not None:
            return files.load(context, job, name, known)[0]
        asked, own = files.load(context, job, task_of(stage), task)[0], part.ready
        if stage in CROSS:
            best = asked["best"][part.numbers[: len(own.runs.numbers)]]
            made = _cross_fitted(own, state, stage, best, progress)
            assert made.apart is not None, "a cross-fit keeps members apart"
            found = {"values": made.fit.values, "sigma": made.fit.sigma}
            found |= {"apart": made.apart.values, "spans": made.apart.spans.astype(np.float64)}
            found |= {f"unseen_{at}": record for at, record in enumerate(made.unseen)}
        else:
            values, expected = asked["values"][part.numbers], asked["expected"][part.tags]
            found = {"values": _carried_on(own, state, values, expected, progress).fit.values}
        files.save(context, job, name, found, {})
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


def _each(
    context: Context, state: State, stage: str, ready: Study, begin: dict[str, Array], progress: Progress
) -> Iterator[tuple[Part, dict[str, Array]]]:
    """Every learning island with what it learned, in the order in which they are done.

    The task in the job's folder is an offer: runners that see it hand its islands out (`hand_out`).
    """
    left = {island: Part.of(ready, island) for island in learning(ready)}
    count = len(left)
    offer = {"islands": list(left), **{name: state[name] for name in PINNED if name in state}}
    task = files.save(context, state["job"], task_of(stage), begin, offer)
    while left:
        for island, part in tuple(left.items()):
            share = 1.0 - len(left) / count

            def told(done: float, text: str, share: float = share, island: int = island) -> None:
                progress(share + done / count, f"island {island}, {text}")

            mine = take(context, state, stage, part, island, task, told)
            if mine is not None:
                left.pop(island)
                yield part, mine
        if left:
            progress(1.0 - len(left) / count, f"{len(left)} islands are with other runners")
            time.sleep(PAUSE_S)


def _carried_on(ready: Study, state: State, values: Array, expected: Array, progress: Progress) -> Ensemble:
    return carry_on(
        with_weights(ready), values, expected, own_starts=ready.own, floor=ready.floor, plan=plan(state),
        progress=progress,
    )  # fmt: skip


def _cross_fitted(ready: Study, state: State, stage: str, best: Array, progress: Progress) -> Ensemble:
    return cross_fit(
        ready.runs, best, weights=ready.weights if stage == "residual" else None, members=state["members"],
        seed=state["seed"], own_starts=ready.own, floor=ready.floor, plan=plan(state), progress=progress,
    )  # fmt: skip


def _sizes(error: Array, floor: Array) -> Array:
    """Size of errors [T, S] per tag, no less than the sensor's noise; 1 where nothing was measured."""
    found = np.array([noise.spread(column) for column in error.T])
    return np.maximum(np.where(np.isfinite(found) & (found > 0), found, 1.0), floor)


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
