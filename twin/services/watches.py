"""Use cases of watching a stretch of log as a job: run it, keep what a person needs, look at the newest."""

from __future__ import annotations

from typing import Any

import numpy as np

from twin.records.anomaly import AnomalySignal
from twin.records.job import Job
from twin.services import anomalies, answers
from twin.services.context import Context, Progress
from twin.services.steps import State
from twin.store.documents import plain

KIND = "anomalies"
MOST_POINTS = 400
"""Of the kept course: about one a pixel of a small picture; jobs are listed with their results."""


def summary(found: AnomalySignal, learn_to_us: int) -> dict[str, Any]:
    """A watched stretch as JSON: counts, episodes, and the score over its alarm limit, the highest of each span."""
    size = -(-len(found.times_us) // MOST_POINTS)
    starts = np.arange(0, len(found.times_us), size)
    highest = np.fmax.reduceat(found.score / found.margin, starts)
    document: dict[str, Any] = plain(
        {
            "model_version": found.model_version,
            "start_us": found.times_us[0],
            "learn_to_us": learn_to_us,
            "end_us": found.times_us[-1],
            "margin": found.margin,
            "learned_rows": found.learned.sum(),
            "watched_rows": (found.measured & ~found.learned).sum(),
            "alarm_rows": found.alarm.sum(),
            "episodes": found.episodes,
            "times_us": found.times_us[starts],
            "ratio": highest,
        }
    )
    return document


def latest(context: Context, plant: str) -> Job:
    """The newest watch that has ended well; its result is a `summary`.

    Raises: NotFound; NotReady, before the first.
    """
    return answers.newest(context, plant, KIND, "nothing was watched for anomalies yet. POST to its anomalies first.")


def _step(context: Context, state: State, progress: Progress) -> State:
    """Follow the stretch as the job asks."""
    found = anomalies.watch(
        context, state["plant"], state["learn_to_us"], start_us=state["start_us"], end_us=state["end_us"],
        margin=state["margin"], false_alarm_ratio=state["false_alarm_ratio"], progress=progress,
    )  # fmt: skip
    return {**state, "result": summary(found, state["learn_to_us"])}


STEPS = (("follow", _step),)
