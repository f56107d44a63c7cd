"""Jobs over HTTP: listed by page, followed as a stream, cancelled."""

from __future__ import annotations

import asyncio
import json
import threading
import time

import pytest

from api.schemas.base import Page
from api.schemas.jobs import JobView
from tests.api.conftest import Program
from twin.records.job import Closing, JobState
from twin.services import dispatch, jobs


@pytest.fixture
def queued(oven: Program, monkeypatch: pytest.MonkeyPatch) -> str:
    """A job that waits."""
    monkeypatch.setattr(dispatch, "enqueue", lambda *_: None)
    return jobs.submit(oven.context, "predict", "oven", {}, author="me").id


def test_a_job_is_read_and_cancelled(oven: Program, queued: str) -> None:
    view = JobView.model_validate_json(oven.get(f"jobs/{queued}").content)
    assert (view.state, view.kind, view.author) == ("queued", "predict", "me")
    assert oven.post(f"jobs/{queued}/cancel").json()["state"] == "cancelled"


def test_jobs_are_paged_newest_first_and_chosen_by_plant_and_state(oven: Program, queued: str) -> None:
    newer = jobs.submit(oven.context, "predict", "kiln", {}).id
    first = Page[JobView].model_validate_json(oven.get("jobs?limit=1").content)
    rest = Page[JobView].model_validate_json(oven.get(f"jobs?limit=1&cursor={first.next_cursor}").content)
    assert [first.items[0].id, rest.items[0].id] == [newer, queued]
    assert [job["id"] for job in oven.get("jobs?plant=oven").json()["items"]] == [queued]
    assert oven.get("jobs?state=done").json()["items"] == []
    assert oven.get("jobs?state=lost").status_code == 422


def test_the_reason_of_a_refusal_is_told(oven: Program, queued: str) -> None:
    fault = {"where": "a", "got": "1", "need": "2", "next_step": ""}
    jobs.close(oven.context, queued, Closing(JobState.FAILED, "refused", error="a: got 1", faults=(fault,)))
    view = JobView.model_validate_json(oven.get(f"jobs/{queued}").content)
    assert (view.state, view.error, view.faults[0].need) == ("failed", "a: got 1", "2")


def test_a_job_is_followed_to_its_end(oven: Program, queued: str) -> None:
    def work() -> None:
        time.sleep(0.2)
        jobs.begin(oven.context, queued)
        time.sleep(0.7)
        jobs.close(oven.context, queued, Closing(JobState.DONE, "done", result={"n": 1}))

    worker = threading.Thread(target=work)
    worker.start()
    answer = oven.get(f"jobs/{queued}/events")
    worker.join()
    assert answer.headers["content-type"].startswith("text/event-stream")
    events = [block for block in answer.text.split("\n\n") if block.startswith("event: job")]
    states = [json.loads(block.partition("data: ")[2])["state"] for block in events]
    assert states == ["queued", "running", "done"]


def test_many_followers_do_not_hold_the_server_up(oven: Program, queued: str) -> None:
    async def visit() -> int:
        followers = [asyncio.ensure_future(oven.visit("GET", f"jobs/{queued}/events")) for _ in range(60)]
        await asyncio.sleep(0.5)
        answer = await asyncio.wait_for(oven.visit("GET", "health"), 20.0)
        jobs.cancel(oven.context, queued)
        await asyncio.gather(*followers)
        return answer.status_code

    assert asyncio.run(visit()) == 200


def test_a_job_that_is_not_there_is_not_followed(oven: Program) -> None:
    for path in ("jobs/x", "jobs/x/events"):
        assert oven.get(path).status_code == 404
    assert oven.post("jobs/x/cancel").status_code == 404
