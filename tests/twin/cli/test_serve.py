"""`twin serve`: bound to others without a login it does not start, and says how to configure one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from twin.cli import serve
from twin.settings import Settings

ROOT = Path(__file__).parents[3]
TWIN = [sys.executable, "-c", "from twin.cli import main; main()"]


def run_twin(home: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """One call of the command line on an installation of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TWIN_")}
    environment = {**kept, "TWIN_HOME": str(home), "PYTHONPATH": str(ROOT), **variables}
    return subprocess.run([*TWIN, *words], env=environment, capture_output=True, text=True, check=False, cwd=home)


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_open_to_others_without_a_login_it_refuses_and_says_how(home: Path, host: str) -> None:
    done = run_twin(home, "serve", "--host", host)
    assert done.returncode == 1
    assert "TWIN_ADMIN_PASSWORD" in done.stderr
    assert "TWIN_SECRET_KEY" in done.stderr
    assert "127.0.0.1" in done.stderr
    assert not (home / "plantwin.sqlite").exists()


def test_a_short_password_is_no_login(home: Path) -> None:
    secrets = {"TWIN_ADMIN_PASSWORD": "short", "TWIN_SECRET_KEY": "x" * 40}
    done = run_twin(home, "serve", "--host", "0.0.0.0", **secrets)
    assert done.returncode == 1
    assert "5 characters" in done.stderr


@pytest.fixture
def short_lived(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Runners that end at once; the list of all that were started."""
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def start(_command: list[str], **_options: object) -> subprocess.Popen[bytes]:
        started.append(popen([sys.executable, "-c", "raise SystemExit(7)"]))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", start)
    monkeypatch.setattr(serve, "RESTART_AFTER_S", 0.05)
    yield started
    for child in started:
        child.wait()


def test_a_runner_that_dies_is_started_again(home: Path, short_lived: list[subprocess.Popen[bytes]]) -> None:
    with serve.runner_beside(Settings(home=home), wanted=True):
        end = time.monotonic() + 30.0
        while len(short_lived) < 3 and time.monotonic() < end:
            time.sleep(0.02)
    assert len(short_lived) >= 3


def test_no_runner_is_started_unless_wanted(home: Path, short_lived: list[subprocess.Popen[bytes]]) -> None:
    with serve.runner_beside(Settings(home=home), wanted=False):
        time.sleep(0.1)
    assert short_lived == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_block_quietly(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with serve.until_signal():
        threading.Timer(0.1, os.kill, (os.getpid(), number)).start()
        time.sleep(30)
    assert signal.getsignal(number) is before


def test_a_child_gets_the_same_settings(home: Path) -> None:
    settings = Settings(home=home, database_url="sqlite:///x.sqlite", jobs_url="", nightly_hour=4)
    environment = serve.runner_environment(settings)
    assert (environment["TWIN_HOME"], environment["TWIN_NIGHTLY_HOUR"]) == (str(home), "4")
    assert environment["TWIN_DATABASE_URL"] == "sqlite:///x.sqlite"
