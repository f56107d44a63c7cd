"""Two runners on one plant's night, one of them killed at work: one verdict, nothing done twice, nothing lost."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.faults import watched_runner
from tests.faults.conftest import eventually
from tests.faults.test_killed_runner import kill
from tests.twin import slow_block, two_blocks
from twin.records.job import FINISHED, JobState
from twin.services import hand_out, jobs, models, nights
from twin.services.context import Context

NIGHT = {**slow_block.QUICK, "members": 2, "starts": 2, "rounds": [2, 3], "stable_steps": 200, "explain": False}
START = {"day": "2026-01-03", "start_us": None, "end_us": None, "seed": 0}
ASKING, HELPING = "the one that asked", "the one that helps"


@pytest.fixture
def trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[list[str]]]:
    """What the runners wrote down: [pid, "begun" or "ended", stage, tags] a line."""
    path = tmp_path / watched_runner.TRACE
    path.touch()
    monkeypatch.setenv("RUNNER_TRACE", str(tmp_path))
    return lambda: [line.split() for line in path.read_text().splitlines()]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("database_url", "killed"),
    [("sqlite", ASKING), pytest.param("postgres", HELPING, marks=pytest.mark.postgres)],
    indirect=["database_url"],
)
def test_one_of_two_runners_dies_and_the_other_ends_the_night(
    queue: Context,
    tmp_path: Path,
    start_runner: Callable[[str], subprocess.Popen[bytes]],
    trace: Callable[[], list[list[str]]],
    killed: str,
) -> None:
    two_blocks.create(queue)
    two_blocks.write(queue, 2)
    runners = {str(one.pid): one for one in (start_runner("watched_runner"), start_runner("watched_runner"))}
    eventually(lambda: sum(alive for _, _, alive in jobs.runners(queue)) == 2)
    name = nights.job_of(slow_block.PLANT, date(2026, 1, 3))
    night = jobs.submit(queue, "nightly", slow_block.PLANT, {**NIGHT, **START}, job=name).id

    eventually(lambda: len(trace()) >= 2)
    (asking, *_first), (helping, *_second) = trace()[:2]
    assert {asking, helping} == set(runners)  # both are at work, neither has done
    kill(runners[asking if killed == ASKING else helping])
    (tmp_path / watched_runner.GO).touch()

    eventually(lambda: jobs.get(queue, night).state in FINISHED)
    eventually(lambda: not jobs.unfinished(queue))
    done = jobs.get(queue, night)
    assert (done.state, done.error) == (JobState.DONE, None)
    assert done.attempts == (2 if killed == ASKING else 1)
    assert all(
        job.state is JobState.DONE for job in jobs.find(queue, plant=slow_block.PLANT) if job.kind == hand_out.KIND
    )
    (report,) = nights.listed(queue, slow_block.PLANT, count=9)
    (version,) = models.list_models(queue, slow_block.PLANT)
    assert (report.day, report.model_after) == ("2026-01-02", version.version)
    ended = [(stage, tags) for _pid, what, stage, tags in trace() if what == "ended"]
    assert len(ended) == len(set(ended))
    assert {("physics", "TT-1"), ("physics", "TT-2"), ("residual", "TT-1"), ("residual", "TT-2")} <= set(ended)
