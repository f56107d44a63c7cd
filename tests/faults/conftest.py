"""Real background runners, started and killed by the tests."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.slow_runner import add_kinds
from twin.services import dispatch, job_kinds
from twin.services.context import Context

ROOT = Path(__file__).parents[2]
PATIENCE_S = 90.0
"""Far above what any of these waits takes; only a hang reaches it."""


def eventually(true: Callable[[], bool]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


@pytest.fixture
def queue(context: Context, monkeypatch: pytest.MonkeyPatch) -> Context:
    """An installation with its job queue, in a process that knows the kinds made for tests."""
    monkeypatch.setattr(job_kinds, "KINDS", dict(job_kinds.KINDS))
    add_kinds()
    dispatch.prepare(context.settings)
    return context


@pytest.fixture
def start_runner(queue: Context, tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts a runner on that installation, by the name of its module; whatever is left is killed at the end."""
    started: list[subprocess.Popen[bytes]] = []
    settings = queue.settings
    own = {"TWIN_HOME": str(settings.home), "TWIN_DATABASE_URL": settings.database_url, "PYTHONPATH": str(ROOT)}
    log = (tmp_path / "runner.log").open("ab")

    def start(module: str = "slow_runner") -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"tests.faults.{module}"]
        started.append(subprocess.Popen(command, env={**os.environ, **own}, cwd=ROOT, stdout=log, stderr=log))
        return started[-1]

    yield start
    for runner in started:
        runner.kill()
        runner.wait()
    log.close()
