"""A background runner that also knows kinds of jobs made for tests: slow ones, and one that kills its runner."""

from __future__ import annotations

import os
import signal
import time
from typing import Any

from twin import worker
from twin.services import job_kinds
from twin.services.context import Context, Progress
from twin.services.job_kinds import Kind, Lane
from twin.settings import Settings

State = dict[str, Any]


def slowly(_context: Context, state: State, progress: Progress) -> State:
    """Take a second, tell so, and leave a trace of the process that finished."""
    for tenth in range(10):
        time.sleep(0.1)
        progress(tenth / 10, f"tenth {tenth}")
    return {**state, "trace": [*state.get("trace", []), os.getpid()]}


def conclude(_context: Context, state: State, _progress: Progress) -> State:
    """Hand out the trace."""
    return {**state, "result": {"trace": state["trace"], "asked": state["asked"]}}


def kill_the_runner(_context: Context, _state: State, _progress: Progress) -> State:
    """What a crash in native code looks like."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("unreachable")


def add_kinds() -> None:
    """Let this process know the kinds made for tests."""
    for kind in (
        Kind("slow", Lane.LONG, lambda: (("first", slowly), ("second", slowly), ("last", conclude))),
        Kind("deadly", Lane.QUICK, lambda: (("only", kill_the_runner),)),
    ):
        job_kinds.KINDS[kind.name] = kind


if __name__ == "__main__":
    add_kinds()
    worker.run(Settings())
