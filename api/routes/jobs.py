"""Long work: look, follow, cancel."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from api.deps import Ctx, Cursor, Limit, Reader, Starter
from api.errors import documented
from api.paging import encode, instant_and_name
from api.schemas.base import Page
from api.schemas.jobs import JobState, JobView
from twin.records.job import FINISHED
from twin.services import jobs
from twin.services.context import Context

router = APIRouter()
LOOK_EVERY_S = 0.5
WORD_EVERY_LOOKS = 30
"""A comment every so many looks keeps proxies from closing a silent stream."""


@router.get("/jobs", responses=documented())
def list_jobs(
    context: Ctx,
    _: Reader,
    plant: Annotated[str | None, Query(max_length=200)] = None,
    state: JobState | None = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[JobView]:
    """Jobs, newest first."""
    found = jobs.find(context, plant=plant, state=state, after=instant_and_name(cursor), limit=limit)
    following = encode([found[-1].created_us, found[-1].id]) if len(found) == limit else None
    return Page[JobView].model_validate({"items": found, "next_cursor": following})


@router.get("/jobs/{job}", responses=documented(404))
def read_job(context: Ctx, _: Reader, job: str) -> JobView:
    """Where a job stands."""
    return JobView.model_validate(jobs.get(context, job))


@router.post("/jobs/{job}/cancel", responses=documented(404))
def cancel_job(context: Ctx, _: Starter, job: str) -> JobView:
    """Ask a job to stop; it does so at its next report of progress. One that has ended stays as it is."""
    return JobView.model_validate(jobs.cancel(context, job))


@router.get(
    "/jobs/{job}/events",
    response_class=StreamingResponse,
    responses={**documented(404), 200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
)
async def follow_job(context: Ctx, _: Reader, job: str, request: Request) -> StreamingResponse:
    """A stream of server-sent events, `event: job` with a JobView at every change, until the job has ended."""
    await run_in_threadpool(jobs.get, context, job)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(changes(context, job, request), media_type="text/event-stream", headers=headers)


async def changes(context: Context, job: str, request: Request) -> AsyncIterator[str]:
    """Each change of a job as a server-sent event; the database is asked in a thread, the loop never waits for it."""
    last, looks = "", 0
    while not await request.is_disconnected():
        current = await run_in_threadpool(jobs.get, context, job)
        body = JobView.model_validate(current).model_dump_json()
        if body != last:
            yield f"event: job\ndata: {body}\n\n"
        elif looks % WORD_EVERY_LOOKS == 0:
            yield ": still here\n\n"
        if current.state in FINISHED:
            return
        last, looks = body, looks + 1
        await asyncio.sleep(LOOK_EVERY_S)
