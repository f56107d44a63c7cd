"""Use cases: orders for long work, checked as far as a moment allows before they are queued."""

from __future__ import annotations

from typing import Any

from physics.cell import runner
from twin.errors import Fault, InvalidInput, NotReady
from twin.prognosis.maintenance_date import FAILURE_COST_RATIO
from twin.records.job import Job
from twin.services import cells, goals, jobs, models, plants, readings, scenarios
from twin.services.context import Context
from twin.store import outcomes


def recalibration(
    context: Context, plant: str, *, start_us: int | None, end_us: int | None, seed: int, author: str
) -> Job:
    """Queue a recalibration on a stretch of the log, by default all of it.

    Raises: NotFound; InvalidInput, when the stretch is empty; NotReady, when the plant has no readings.
    """
    if start_us is not None and end_us is not None and start_us >= end_us:
        raise InvalidInput([Fault("end", "a time not after start", "start < end")])
    _need_readings(context, plant)
    payload = {"start_us": start_us, "end_us": end_us, "seed": seed}
    return jobs.submit(context, "recalibrate", plant, payload, author=author)


def prediction(
    context: Context, plant: str, *, worlds: int, seed: int, failure_cost_ratio: float = FAILURE_COST_RATIO, author: str
) -> Job:
    """Queue a failure forecast from now on; a failure costs so many times what planned maintenance does.

    Raises: NotFound.
    """
    plants.get(context, plant)
    payload = {"worlds": worlds, "seed": seed, "failure_cost_ratio": failure_cost_ratio}
    return jobs.submit(context, "predict", plant, payload, author=author)


def what_if(context: Context, plant: str, scenario: dict[str, Any], *, author: str) -> Job:
    """Queue a what-if; `scenario` has the fields of a Scenario as JSON.

    Raises: NotFound; InvalidInput, with every change that names nothing of the plant or leaves its range.
    """
    asked = outcomes.scenario_of({**scenario, "plant": plant})
    scenarios.check(context, asked)
    return jobs.submit(context, "whatif", plant, {"scenario": scenario}, author=author)


def replay(context: Context, plant: str, outcome: str, *, author: str) -> Job:
    """Queue the replay of a saved answer, which says whether it comes out the same, bit for bit.

    Raises: NotFound.
    """
    scenarios.get(context, plant, outcome)
    return jobs.submit(context, "whatif", plant, {"replay": outcome}, author=author)


def watch(context: Context, plant: str, asked: dict[str, Any], *, author: str) -> Job:
    """Queue a look for anomalies; `asked` has learn_to_us, start_us, end_us, margin and false_alarm_ratio.

    Raises: NotFound; InvalidInput, when no healthy row or no other row can be in the stretch; NotReady, without a log.
    """
    start_us, learn_to_us, end_us = (asked[name] for name in ("start_us", "learn_to_us", "end_us"))
    faults = []
    if start_us is not None and learn_to_us <= start_us:
        faults.append(Fault("learn_to", "a time not after start", "start < learn_to"))
    if end_us is not None and end_us <= learn_to_us:
        faults.append(Fault("end", "a time not after learn_to", "learn_to < end"))
    if faults:
        raise InvalidInput(faults)
    _need_readings(context, plant)
    return jobs.submit(context, "anomalies", plant, asked, author=author)


def coverage(context: Context, plant: str, *, start_us: int | None, end_us: int | None, author: str) -> Job:
    """Queue a look at what the champion's bands delivered, by default on all data that came after its own.

    Raises: NotFound; InvalidInput, when the stretch is empty; NotReady, without a log or a model.
    """
    if start_us is not None and end_us is not None and start_us >= end_us:
        raise InvalidInput([Fault("end", "a time not after start", "start < end")])
    _need_readings(context, plant)
    models.champion(context, plant)
    return jobs.submit(context, "coverage", plant, {"start_us": start_us, "end_us": end_us}, author=author)


def cell(context: Context, plant: str, asset: str, *, author: str) -> Job:
    """Queue the simulation of a plant's robot cell; its cycle times go into the plant when it is done.

    Raises: NotFound; InvalidInput, with every fault of its description; NotReady, without the extra.
    """
    cells.check(cells.of_asset(context, plant, asset))
    if not runner.available():
        raise NotReady(runner.HOW_TO_GET)
    return jobs.submit(context, "cell", plant, {"asset": asset, "author": author}, author=author)


def estimate(context: Context, plant: str, asked: dict[str, Any], *, author: str) -> Job:
    """Queue a look at what no sensor shows, over the hours before a time in the log, its end by default.

    `asked` has time_us, worlds, seed and filter.
    Raises: NotFound; NotReady, without a log.
    """
    _need_readings(context, plant)
    return jobs.submit(context, "estimate", plant, asked, author=author)


def surrogate(context: Context, plant: str, order: dict[str, Any], *, author: str) -> Job:
    """Queue the training of a fast stand-in; `order` has the fields of a `surrogates.Order`.

    Raises: NotFound; NotReady, without a log.
    """
    _need_readings(context, plant)
    return jobs.submit(context, "surrogate", plant, order, author=author)


def plan(context: Context, plant: str, question: dict[str, Any], *, author: str) -> Job:
    """Queue a search for settings that reach goals; `question` has the fields of a `goals.Question`.

    Raises: NotFound; InvalidInput, with all that is wrong; NotReady, without a surrogate.
    """
    goals.check(goals.Question.of(plant, question), goals.facts_of(context, plant))
    return jobs.submit(context, "plan", plant, question, author=author)


def _need_readings(context: Context, plant: str) -> None:
    if readings.status(context, plant).newest_us is None:
        raise NotReady(f"plant {plant!r}: it has no readings yet. Ingest a log first.")
