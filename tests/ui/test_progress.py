import asyncio

import pytest

from api.schemas.base import Page
from api.schemas.jobs import JobView
from tests.ui import recorded as r
from tests.ui.board import Board, client, words
from tests.ui.fake_api import FakeApi
from ui import progress

JOB = '{"page":"what-if","progress":"job"}.data'
TICK = '{"page":"what-if","progress":"tick"}.n_intervals'


@pytest.fixture(scope="module")
def board():
    return Board(FakeApi())


def watch(board, job):
    answer = board.fire('"progress":"ended"', {JOB: job, TICK: 1})["response"]
    return {key.split('"progress":"')[1].split('"')[0]: value for key, value in answer.items()}


def test_running_work_shows_share_and_words_and_is_asked_again(board):
    pieces = watch(board, "job-2")
    assert pieces["bar"]["value"] == pytest.approx(40)
    assert pieces["text"]["children"] == "What-if: year 2 of 5 · 40 %"
    assert pieces["tick"]["disabled"] is False
    assert pieces["box"]["style"] == progress.SHOWN


def test_ended_work_stops_the_clock_and_tells_the_page(board):
    pieces = watch(board, "job-1")
    assert pieces["tick"]["disabled"] is True
    assert pieces["ended"]["data"] == {"id": "job-1", "state": "done", "result": {"outcome": "out-1"}}
    assert pieces["box"]["style"] == progress.HIDDEN


def test_failed_work_says_why(board):
    assert "The pump ran dry at 3 h." in words(watch(board, "job-3")["notice"])


def test_a_refusal_is_told_apart_from_a_fault_of_ours():
    ended = r.DONE.model_copy(update={"state": "failed", "error": "No log yet. Ingest one."})
    refused = words(progress.notice(ended.model_copy(update={"text": "refused in step 'compare'"})))
    broken = words(progress.notice(ended.model_copy(update={"text": "failed in step 'compare'"})))
    assert "was refused (422)" in refused
    assert "failed (500)" in broken
    assert "No log yet. Ingest one." in refused


def test_without_work_there_is_no_bar(board):
    assert watch(board, None)["box"]["style"] == progress.HIDDEN


def test_cancelled_work_says_that_nothing_changed():
    assert "Nothing was changed" in words(progress.notice(r.DONE.model_copy(update={"state": "cancelled"})))


def test_work_that_waits_says_for_what():
    assert "waiting" in progress.progress_text(r.RUNNING.model_copy(update={"state": "queued"}))


def test_cancel_reaches_the_api():
    board = Board(FakeApi())
    cancel = '{"page":"what-if","progress":"cancel"}.n_clicks'
    board.fire('"progress":"text"}.children@', {cancel: 1}, {JOB: "job-2"})
    assert board.api.asked("POST /jobs/job-2/cancel") == [{}]


def test_a_reload_finds_the_work_that_is_still_going_on():
    api = FakeApi({"GET /jobs": Page[JobView](items=[r.DONE, r.RUNNING, r.FAILED])})
    assert asyncio.run(progress.active_job(client(api), "cooling-loop", "whatif")) == "job-2"
    assert asyncio.run(progress.active_job(client(api), "cooling-loop", "predict")) is None
