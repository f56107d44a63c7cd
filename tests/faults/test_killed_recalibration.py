"""kill -9 in the middle of a real recalibration: it finishes by itself, and the champion serves all the while."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import pytest

from tests.faults.conftest import eventually
from tests.faults.test_killed_runner import ONE_DATABASE, Start, ended, kill
from tests.twin.warm_block_log import QUICK, fill
from twin.records.job import Job, JobState
from twin.services import jobs, models, recalibrate
from twin.services.context import Context

PLANT = "warm-block"


def reached(context: Context, job: str, step: str) -> Callable[[], bool]:
    """Whether a job has come to a step, which its progress then names first."""
    names = [name for name, _function in recalibrate.STEPS]
    return lambda: jobs.get(context, job).share >= names.index(step) / len(names)


def recalibrated(context: Context) -> Job:
    """A submitted recalibration of the warm block."""
    return jobs.submit(context, "recalibrate", PLANT, {**QUICK, "start_us": None, "end_us": None})


@ONE_DATABASE
@pytest.mark.parametrize("step", ["fit", "refit"])
def test_the_job_finishes_and_the_champion_was_never_broken(queue: Context, start_runner: Start, step: str) -> None:
    fill(queue, noise_k=0.5)
    first: subprocess.Popen[bytes] = start_runner()
    before = recalibrated(queue).id
    eventually(ended(queue, before))
    champion = models.champion(queue, PLANT)
    job = recalibrated(queue).id
    eventually(reached(queue, job, step))
    kill(first)
    served = models.champion(queue, PLANT)
    assert served.version in (champion.version, champion.version + 1)
    assert served.calibration.as_dict()
    start_runner()
    eventually(ended(queue, job))
    done = jobs.get(queue, job)
    assert (done.state, done.error) == (JobState.DONE, None)
    versions = [version.version for version in models.list_models(queue, PLANT)]
    assert versions == [2, 1]
    assert models.champion(queue, PLANT).calibration.as_dict()
    assert done.result is not None
    assert done.result["version"] == 2
