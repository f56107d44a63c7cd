"""What one durable step of a job does: run, tell progress, and turn every ending into plain JSON.

A step never raises into the workflow: outcomes are {"state": ...}, {"closing": ...}. So the queue stores JSON only,
and a refused input is a fact to keep, not an error to retry.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import structlog
from sqlalchemy.exc import OperationalError

from physics.flow.simulate import FlowRefused
from physics.simulate.rollout import RolloutRefused, TooLarge
from twin.errors import Cancelled, InvalidInput, TwinError
from twin.records.job import Closing, JobState
from twin.services import jobs
from twin.services.context import Context, Progress
from twin.services.job_kinds import kind_of

REPORT_EVERY_S = 0.3
REFUSED = (RolloutRefused, TooLarge, FlowRefused)
"""What the engine does not simulate; its words name the rule and the next step."""

UNFORESEEN = "A fault of Plantwin: the runner's log shows where; ask again once it is mended."

log = structlog.get_logger(__name__)


def step_names(kind: str) -> list[str]:
    """Names of a kind's steps, in order."""
    return [name for name, _step in kind_of(kind).load()]


def run_step(context: Context, job: str, index: int, state: dict[str, Any]) -> dict[str, Any]:
    """Run one step of a job and say how it ended.

    Returns: {"state": next state} or {"closing": fields of a Closing}.
    """
    kind = jobs.get(context, job).kind
    steps = kind_of(kind).load()
    name, step = steps[index]
    try:
        progress = job_progress(context, job, index / len(steps), 1.0 / len(steps))
        progress(0.0, name)
        return {"state": step(context, state, progress)}
    except Cancelled:
        return _closing(JobState.CANCELLED, f"cancelled in step {name!r}")
    except InvalidInput as error:
        faults = tuple(vars(fault) for fault in error.faults)
        return _closing(JobState.FAILED, f"refused in step {name!r}", error=str(error), faults=faults)
    except (TwinError, *REFUSED) as error:
        return _closing(JobState.FAILED, f"refused in step {name!r}", error=str(error))
    except OperationalError:
        raise
    except Exception as error:
        log.exception("a step failed", job=job, step=name)
        words = f"{type(error).__name__}: {error}. {UNFORESEEN}"
        return _closing(JobState.FAILED, f"failed in step {name!r}", error=words)


def job_progress(
    context: Context, job: str, offset: float, width: float, *, ticks: Callable[[], float] = time.monotonic
) -> Progress:
    """A progress of one step as a share of the whole job; writes now and then, raises Cancelled when asked to stop."""
    last_s = -REPORT_EVERY_S

    def tell(share: float, text: str) -> None:
        nonlocal last_s
        if ticks() - last_s < REPORT_EVERY_S:
            return
        last_s = ticks()
        if jobs.advance(context, job, offset + width * share, text):
            raise Cancelled(f"job {job}: cancelled on request")

    return tell


def finish(context: Context, job: str, outcome: dict[str, Any]) -> None:
    """End a job as its last step's outcome says."""
    if "closing" in outcome:
        fields = outcome["closing"]
        closing = Closing(**{**fields, "state": JobState(fields["state"]), "faults": tuple(fields["faults"])})
    else:
        closing = Closing(JobState.DONE, "done", result=outcome["state"].get("result", {}))
    jobs.close(context, job, closing)


def _closing(
    state: JobState, text: str, *, error: str | None = None, faults: tuple[dict[str, str], ...] = ()
) -> dict[str, Any]:
    closing = Closing(state, text, error=error, faults=faults)
    return {"closing": {**vars(closing), "state": state.value, "faults": list(faults)}}
