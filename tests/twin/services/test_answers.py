"""The newest answer of a kind; what the kinds keep is told by their own tests."""

import pytest

from tests.twin.spindle import TEXT
from twin.errors import NotReady
from twin.records.job import Closing, JobState
from twin.services import answers, dispatch, jobs, plants


def test_the_newest_that_ended_well_is_the_answer(context, monkeypatch):
    monkeypatch.setattr(dispatch, "enqueue", lambda *_: None)
    plants.create(context, TEXT, author="ada", reason="first")
    ended = [jobs.submit(context, "estimate", "spindle", {}) for _ in range(3)]
    for job, state in zip(ended, (JobState.DONE, JobState.DONE, JobState.FAILED), strict=True):
        jobs.close(context, job.id, Closing(state, "", {"of": job.id}))
    found = answers.newest(context, "spindle", "estimate", "nothing yet.")
    assert found.result == {"of": found.id}
    assert found.id in {job.id for job in ended[:2]}
    assert found.created_us == max(jobs.get(context, job.id).created_us for job in ended[:2])
    with pytest.raises(NotReady, match="'spindle': nothing yet"):
        answers.newest(context, "spindle", "plan", "nothing yet.")


def test_what_was_worked_out_at_a_terminal_is_an_answer_too(context):
    plants.create(context, TEXT, author="ada", reason="first")
    kept = answers.keep(context, "spindle", "plan", {"hours": 2.0}, {"cost": 0.1})
    found = answers.newest(context, "spindle", "plan", "nothing yet.")
    assert (found.id, found.payload, found.result) == (kept.id, {"hours": 2.0}, {"cost": 0.1})
    assert jobs.unfinished(context) == []
