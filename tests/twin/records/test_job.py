"""A job's states: three of them are ends."""

from __future__ import annotations

from twin.records.job import FINISHED, Closing, JobState


def test_a_job_ends_done_failed_or_cancelled() -> None:
    assert set(JobState) - FINISHED == {JobState.QUEUED, JobState.RUNNING}


def test_a_closing_has_no_faults_of_its_own() -> None:
    assert Closing(JobState.DONE, "done").faults == ()
