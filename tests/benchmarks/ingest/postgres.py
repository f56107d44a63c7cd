"""A PostgreSQL server of its own in a temporary folder, for the time of a benchmark."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

OPTIONS = ("-c", "listen_addresses=", "-c", "shared_buffers=256MB", "-c", "max_wal_size=4GB")
"""Durable as it comes (fsync on, commits synchronous): what a plant would run."""
START_LIMIT_S = 30.0


def programs() -> Path | None:
    """Folder with initdb and postgres, None where they are absent."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    known = str(found[-1]) if found else shutil.which("initdb")
    return Path(known).parent if known else None


@contextmanager
def server() -> Iterator[str]:
    """URL of an empty database `bench`.

    Raises: FileNotFoundError, when PostgreSQL is not installed.
    """
    binaries = programs()
    if binaries is None:
        raise FileNotFoundError("initdb (Debian package postgresql) is absent")
    user = _user()
    folder = Path(tempfile.mkdtemp(prefix="plantwin-bench-pg-"))
    if user is not None:
        shutil.chown(folder, user)
    words = [binaries / "initdb", "-D", folder / "data", "-U", "plantwin", "-A", "trust", "-E", "UTF8", "--no-locale"]
    subprocess.run(words, user=user, cwd=folder, check=True, capture_output=True)
    with (folder / "log").open("wb") as log:
        run = subprocess.Popen([binaries / "postgres", "-D", folder / "data", "-k", folder, *OPTIONS], user=user,
                               cwd=folder, stdout=log, stderr=log, env={**os.environ, "TZ": "UTC"})  # fmt: skip
    try:
        _create(folder)
        yield f"postgresql+psycopg://plantwin@/bench?host={folder}"
    finally:
        run.send_signal(signal.SIGINT)
        run.wait(60)
        shutil.rmtree(folder, ignore_errors=True)


def _user() -> str | None:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    known = subprocess.run(["id", "postgres"], capture_output=True, check=False).returncode == 0
    return "postgres" if known else "nobody"


def _create(folder: Path) -> None:
    end = time.monotonic() + START_LIMIT_S
    while True:
        try:
            with psycopg.connect(f"host={folder} user=plantwin dbname=postgres", autocommit=True) as connection:
                connection.execute("CREATE DATABASE bench")
            return
        except psycopg.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
