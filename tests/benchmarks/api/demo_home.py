"""An installation with the demo plant and a model in service, served on loopback with its background runner."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[3]
FINISHED = "demo-report.json"
LEFT_BEHIND = ("runners", "*.lock", "jobs.sqlite*")
START_LIMIT_S = 120.0


@contextmanager
def demo_home() -> Iterator[Path]:
    """A copy of the home in TWIN_BENCH_HOME, else of the finished demo's in TWIN_HOME, else the demo's main job run."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        for name in ("TWIN_BENCH_HOME", "TWIN_HOME"):
            known = Path(os.environ.get(name) or "nowhere")
            if (known / FINISHED).is_file():
                shutil.copytree(known, home, ignore=shutil.ignore_patterns(*LEFT_BEHIND))
                break
        else:
            environment = os.environ | {"TWIN_HOME": str(home), "SERVE": "0"}
            subprocess.run(
                [sys.executable, "-m", "examples.bottling.demo"], cwd=ROOT, env=environment, check=True,
                stdout=subprocess.DEVNULL,
            )  # fmt: skip
        yield home


@contextmanager
def served(home: Path) -> Iterator[httpx.Client]:
    """A client of `twin serve --with-worker` on that home."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    twin = Path(sys.executable).with_name("twin")
    words = [str(twin), "serve", "--with-worker", "--no-dashboard", "--port", str(port)]
    environment = os.environ | {"TWIN_HOME": str(home), "TWIN_DATABASE_URL": "", "TWIN_JOBS_URL": ""}
    with (home / "serve.log").open("w") as log, subprocess.Popen(words, env=environment, stdout=log, stderr=log) as run:
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}/api/v1", timeout=60.0) as client:
                _wait_for(client, run, home / "serve.log")
                yield client
        finally:
            run.terminate()


def _wait_for(client: httpx.Client, run: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_LIMIT_S
    while time.monotonic() < end and run.poll() is None:
        try:
            if client.get("/plants").is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise RuntimeError(f"twin serve did not start: {log.read_text()[-2000:]}")
