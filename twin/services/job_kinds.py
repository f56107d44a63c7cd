"""The one table of job kinds: what each does, step by step, and in which queue it waits.

A step is a function of (context, state, progress) that returns the next state. States are JSON and durable: a step
that ended is never run again, a step that was cut by a kill starts over. The last state's key "result" is the job's
result. Steps are imported when a job runs, so that a process that only enqueues loads neither torch nor Warp.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from twin.errors import NotFound
from twin.services.steps import Step


class Lane(StrEnum):
    """Which queue: long work waits for long work only, so that a question never waits for a night's training."""

    LONG = "plantwin-long"
    QUICK = "plantwin-quick"


@dataclass(frozen=True)
class Kind:
    """One kind of job; `load` imports and returns its steps; `apart`, it may run beside other work on its plant."""

    name: str
    lane: Lane
    load: Callable[[], Sequence[Step]]
    apart: bool = False


def _ingest() -> Sequence[Step]:
    from twin.services import upload_steps

    return upload_steps.STEPS


def _recalibrate() -> Sequence[Step]:
    from twin.services import recalibrate

    return recalibrate.STEPS


def _whatif() -> Sequence[Step]:
    from twin.services import scenarios

    return scenarios.STEPS


def _predict() -> Sequence[Step]:
    from twin.services import prognosis

    return prognosis.STEPS


def _anomalies() -> Sequence[Step]:
    from twin.services import watches

    return watches.STEPS


def _coverage() -> Sequence[Step]:
    from twin.services import coverage

    return coverage.STEPS


def _cell() -> Sequence[Step]:
    from twin.services import cells

    return cells.STEPS


def _nightly() -> Sequence[Step]:
    from twin.services import night_steps

    return night_steps.STEPS


def _estimate() -> Sequence[Step]:
    from twin.services import estimate

    return estimate.STEPS


def _surrogate() -> Sequence[Step]:
    from twin.services import surrogates

    return surrogates.STEPS


def _plan() -> Sequence[Step]:
    from twin.services import planning

    return planning.STEPS


def _learn_island() -> Sequence[Step]:
    from twin.services import learning_help

    return learning_help.STEPS


KINDS = {
    kind.name: kind
    for kind in (
        Kind("ingest", Lane.LONG, _ingest),
        Kind("recalibrate", Lane.LONG, _recalibrate),
        Kind("nightly", Lane.LONG, _nightly),
        Kind("learn-island", Lane.LONG, _learn_island, apart=True),
        Kind("whatif", Lane.QUICK, _whatif),
        Kind("predict", Lane.QUICK, _predict),
        Kind("anomalies", Lane.QUICK, _anomalies),
        Kind("coverage", Lane.QUICK, _coverage),
        Kind("cell", Lane.LONG, _cell),
        Kind("estimate", Lane.QUICK, _estimate),
        Kind("surrogate", Lane.LONG, _surrogate),
        Kind("plan", Lane.QUICK, _plan),
    )
}


def kind_of(name: str) -> Kind:
    """The kind of that name.

    Raises: NotFound.
    """
    if name not in KINDS:
        raise NotFound("job kind", name, sorted(KINDS))
    return KINDS[name]
