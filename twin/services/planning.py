"""Use case: find settings of some inputs that reach goals, quickly by the surrogate, then verified by the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from physics.simulate.rollout import rollout
from residual_models.world.planning import cost, search
from residual_models.world.surrogate import Surrogate
from twin.errors import NotReady
from twin.scenarios import paired
from twin.services import present, surrogates
from twin.services.basis import Basis, stand_on
from twin.services.context import Context, Progress
from twin.services.goals import Question, check
from twin.services.steps import State
from twin.services.windows import window
from twin.store.documents import plain
from twin.surrogates.varied import Ranges

Floats = NDArray[np.float64]

KIND = "plan"

KNOT_S = 3600.0
"""A setting holds so long."""

VERIFIED, WORLDS = 4, 64
"""So many plans of the search are run in the engine, in so many worlds."""

QUANTILES = (0.05, 0.5, 0.95)


@dataclass(frozen=True)
class _Now:
    """Where the search begins: readings [H, S] and inputs [H, I] of the last samples, and the engine's worlds."""

    basis: Basis
    quick: Surrogate
    ranges: Ranges
    readings: Floats
    inputs: Floats
    here: present.Present


def plan(context: Context, question: Question, progress: Progress) -> dict[str, Any]:
    """The best plan, with what the engine says of it beside settings that stay as they are.

    Returns: All in SI: `settings`, by tag, one each `step_s` from `time_us` on, beside where each `stays`; `cost` and
        `as_it_is` of the engine with 90 % of worlds, the paired `difference` with its 95 % interval, `quick`, the
        surrogate's own opinion; `tags`, of each goal the engine's courses, each `sample_s`; `reasons` for doubt.
    Raises: NotFound; InvalidInput; NotReady, without a surrogate or a log.
    """
    quick, facts = surrogates.load(context, question.plant)
    basis = stand_on(context, question.plant)
    check(question, facts)
    if quick.tags != basis.assembly.sensor_tags:
        raise NotReady(f"plant {question.plant!r}: its sensors changed. Run `twin surrogate train` again.")
    now = _now(context, question, quick, basis, progress)
    steps = round(question.hours * 3600.0 / quick.step_s)
    moved = [now.ranges.tags.index(tag) for tag in question.moves]
    each = max(1, round(KNOT_S / quick.step_s))
    knots = -(-steps // each)

    def quick_cost(settings: Floats) -> Floats:
        ahead = _driven(now.inputs[-1], moved, settings, each, steps)
        before, seen = (np.repeat(a[None], len(settings), axis=0) for a in (now.inputs, now.readings))
        return cost(question.goals, quick.free_run(seen, before, ahead), quick.tags, quick.scale.span)

    progress(0.5, "searching")
    low, high = now.ranges.low[moved], now.ranges.high[moved]
    found = search(quick_cost, low, high, knots, keep=VERIFIED, seed=question.seed)
    progress(0.7, "verifying in the engine")
    stay = np.repeat(now.inputs[-1, moved][None, None], knots, axis=1)
    runs = [_engine(now, _driven(now.inputs[-1], moved, one[None], each, steps)[0]) for one in (*stay, *found)]
    costs = [cost(question.goals, run, quick.tags, quick.scale.span) for run in runs]
    best = _best(costs)
    gain = paired.difference(costs[0], costs[best])
    return {
        "plant": question.plant,
        "question": {name: value for name, value in plain(question).items() if name != "plant"},
        "time_us": now.here.time_us,
        "step_s": each * quick.step_s,
        "sample_s": quick.step_s,
        "settings": {tag: found[best - 1, :, k].tolist() for k, tag in enumerate(question.moves)},
        "stays": {tag: float(now.inputs[-1, k]) for tag, k in zip(question.moves, moved, strict=True)},
        "cost": vars(paired.spread(costs[best])),
        "as_it_is": vars(paired.spread(costs[0])),
        "difference": {"mean": gain.mean, "low": gain.mean_low, "high": gain.mean_high},
        "quick": float(quick_cost(found[best - 1][None])[0]),
        "tags": {goal.tag: _courses(runs, best, quick.tags.index(goal.tag)) for goal in question.goals},
        "reasons": _doubts(now, facts),
    }  # fmt: skip


def _best(costs: list[Floats]) -> int:
    """Of costs [W], NaN in worlds that failed, the cheapest behind the first: one that more worlds survive goes before.

    A plan under which the worst worlds fail would seem cheap by those that are left.
    """

    def rank(at: int) -> tuple[int, float]:
        failed = np.isnan(costs[at])
        return int(failed.sum()), float(costs[at][~failed].sum())

    return min(range(1, len(costs)), key=rank)


def _now(context: Context, question: Question, quick: Surrogate, basis: Basis, progress: Progress) -> _Now:
    here = present.at(context, question.plant, basis, count=WORLDS, seed=question.seed,
                      tell=lambda share: progress(0.5 * share, "finding the present state"))  # fmt: skip
    end_us = here.time_us
    start_us = end_us - round(quick.history * quick.step_s * 1e6)
    log = window(context, question.plant, start_us, end_us, step_s=quick.step_s, revision=basis.revision)
    if log.samples < quick.history:
        raise NotReady(f"plant {question.plant!r}: got {log.samples} samples of log, need {quick.history}.")
    driven = present.driven_inputs(basis, log)
    ranges = surrogates.logged_ranges(context, question.plant, basis, quick.step_s, end_us)
    if quick.inputs != ranges.tags:
        raise NotReady(f"plant {question.plant!r}: its inputs changed. Run `twin surrogate train` again.")
    last = slice(log.samples - quick.history, log.samples)
    return _Now(basis, quick, ranges, present.modelled(basis, log)[last], driven[last][:, ranges.columns], here)


def _driven(last: Floats, moved: list[int], settings: Floats, each: int, steps: int) -> Floats:
    """Inputs [N, steps + 1, I] under settings [N, knots, M]; what is not moved stays."""
    found = np.repeat(np.repeat(last[None, None], steps + 1, axis=1), len(settings), axis=0)
    found[:, :, moved] = np.repeat(settings, each, axis=1)[:, np.minimum(np.arange(steps + 1), steps - 1)]
    return found


def _engine(now: _Now, inputs: Floats) -> Floats:
    """What the sensors would show [W, K, S] under inputs [K + 1, I]; NaN in worlds that failed."""
    worlds = now.here.worlds
    rows = np.repeat(worlds.model.inputs[None], len(inputs), axis=0)
    rows[:, now.ranges.columns] = inputs
    run = rollout(
        worlds.model, inputs=rows, sample_s=now.quick.step_s, parameters=worlds.parameters, start=worlds.start
    )
    return run.outputs[1:, : len(now.quick.tags)].transpose(2, 0, 1)


def _courses(runs: list[Floats], best: int, column: int) -> dict[str, Any]:
    """A tag's courses [3, K], 90 % of worlds and their median: under the plan, and where settings stay."""
    return {
        name: np.nanquantile(run[:, :, column], QUANTILES, axis=0).tolist()
        for name, run in (("plan", runs[best]), ("as_it_is", runs[0]))
    }


def _doubts(now: _Now, facts: Mapping[str, Any]) -> list[str]:
    """Why the search, not the verification, may have missed something better."""
    found = []
    if facts["model_version"] != now.basis.version_number:
        found.append(f"The surrogate learned from model version {facts['model_version']}; train it again.")
    outside = (now.inputs[-1] < now.ranges.low) | (now.inputs[-1] > now.ranges.high)
    if outside.any():
        names = ", ".join(tag for tag, out in zip(now.ranges.tags, outside, strict=True) if out)
        found.append(f"The last readings of {names} lie outside of the usual range.")
    return found


def _step(context: Context, state: State, progress: Progress) -> State:
    """Plan as the job asks."""
    return {**state, "result": plan(context, Question.of(state["plant"], state), progress)}


STEPS = (("plan", _step),)
