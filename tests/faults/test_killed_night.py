"""kill -9 in the middle of a night: it finishes by itself, with one report and one model."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import ModuleType

import pytest

from tests.faults.conftest import eventually
from tests.faults.test_killed_runner import ONE_DATABASE, Start, ended, kill
from tests.twin import slow_block, two_blocks
from twin.records.job import JobState
from twin.services import jobs, learning_groups, models, night_steps, nights
from twin.services import recalibration_files as files
from twin.services.context import Context


def reached(context: Context, job: str, step: str) -> Callable[[], bool]:
    """Whether a job has come to a step, which its progress then names first."""
    names = [name for name, _function in night_steps.STEPS]
    return lambda: jobs.get(context, job).share >= names.index(step) / len(names)


@ONE_DATABASE
@pytest.mark.parametrize(("step", "plant", "islands"), [("train", slow_block, ()), ("refit", two_blocks, (0, 1))])
def test_a_night_goes_on_where_it_was_cut(
    queue: Context, start_runner: Start, step: str, plant: ModuleType, islands: tuple[int, ...]
) -> None:
    plant.create(queue)
    plant.write(queue, 2)
    payload = {**slow_block.QUICK, "day": "2026-01-03", "start_us": None, "end_us": None, "seed": 0}
    name = nights.job_of(slow_block.PLANT, date(2026, 1, 3))
    job = jobs.submit(queue, "nightly", slow_block.PLANT, payload, job=name).id
    first = start_runner()
    eventually(reached(queue, job, step))
    kill(first)
    assert nights.listed(queue, slow_block.PLANT, count=9) == ()
    start_runner()
    eventually(ended(queue, job))
    done = jobs.get(queue, job)
    assert (done.state, done.error) == (JobState.DONE, None)
    assert done.attempts == 2
    (report,) = nights.listed(queue, slow_block.PLANT, count=9)
    assert report.day == "2026-01-02"
    assert len(models.list_models(queue, slow_block.PLANT)) == 1
    for island in islands:
        assert files.digest_of(queue, job, learning_groups.result_of("refit", island)) is not None
