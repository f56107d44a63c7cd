"""Use case: what no sensor shows: hidden states, wear and parameters over the last hours."""

from __future__ import annotations

import numpy as np

from twin.estimation.corrected import Corrected, corrected_of
from twin.estimation.follow import Followed
from twin.records.estimate import Estimate, Filter, Hidden, HiddenKind, Surprise
from twin.records.job import Job
from twin.scene.scene import split_path
from twin.services import answers, present
from twin.services.basis import Basis, stand_on
from twin.services.context import Context, Progress
from twin.services.steps import State
from twin.store.documents import plain
from twin.units import UnitError, unit_of_name

KIND = "estimate"
WORLDS = 64


def estimate(
    context: Context,
    plant: str,
    *,
    time_us: int | None = None,
    worlds: int = WORLDS,
    seed: int = 0,
    how: Filter = Filter.AUTO,
) -> Estimate:
    """Follow the last hours and smooth them.

    Args:
        context: Access to the database.
        plant: Name of the plant.
        time_us: End of the stretch, by default the end of the log.
        worlds: How many.
        seed: Of every draw.
        how: Which filter.
    Raises: NotFound; NotReady, when there is no log or the plant does not suit the filter.
    """
    basis = stand_on(context, plant)
    times_us, found, how = present.course(context, plant, basis, count=worlds, seed=seed, time_us=time_us, how=how)
    return Estimate(plant, basis.version_number, times_us, _hidden(basis, found), _surprises(basis, found), how)


def latest(context: Context, plant: str) -> Job:
    """The newest estimate that a job made; its result is an Estimate as JSON.

    Raises: NotFound; NotReady, before the first.
    """
    return answers.newest(context, plant, KIND, "nobody asked for an estimate yet. POST to its estimates first.")


def _hidden(basis: Basis, found: Followed) -> tuple[Hidden, ...]:
    if found.course is None:  # every number of the plant is known
        return ()
    vector = corrected_of(found.worlds, basis.assembly)
    course = np.clip(found.course, vector.low[:, None], vector.high[:, None])
    return tuple(
        Hidden(*split_path(name), _unit(name), _kind(vector, row), _meaning(basis, name), mean, spread)
        for row, (name, mean, spread) in enumerate(zip(found.names, course.mean(2).T, course.std(2).T, strict=True))
    )


def _kind(vector: Corrected, row: int) -> HiddenKind:
    if row >= len(vector.states):
        return HiddenKind.PARAMETER
    return HiddenKind.WEAR if vector.slow[row] else HiddenKind.STATE


def _unit(name: str) -> str:
    try:
        return unit_of_name(name)
    except UnitError:
        return "1"


def _meaning(basis: Basis, name: str) -> str:
    asset, quantity = split_path(name)
    part = next((item for item in basis.assembly.plant.parts if item.id == asset), None)
    declared = None if part is None else basis.assembly.types[part.type].declaration.by_name.get(quantity)
    return "" if declared is None else declared.doc


def _surprises(basis: Basis, found: Followed) -> tuple[Surprise, ...]:
    each = found.disturbance.sum(axis=0)
    return tuple(
        Surprise(tag, basis.assembly.units[tag].si_unit, float(beside.mean()), own, _size(own), float(beside.std()))
        for tag, beside, own in zip(basis.assembly.sensor_tags, each, found.innovations.T, strict=True)
    )


def _size(innovations: present.Floats) -> float:
    """Of the later half, when the filter has settled."""
    later = innovations[len(innovations) // 2 :]
    seen = later[np.isfinite(later)]
    return float(np.sqrt(np.mean(seen**2))) if seen.size else float("nan")


def _step(context: Context, state: State, progress: Progress) -> State:
    """Estimate as the job asks."""
    progress(0.0, "following the last hours")
    found = estimate(
        context, state["plant"], time_us=state["time_us"], worlds=state["worlds"], seed=state["seed"],
        how=Filter(state.get("filter", Filter.AUTO)),
    )  # fmt: skip
    return {**state, "result": plain(found)}


STEPS = (("estimate", _step),)
