"""Fixtures for all tests: real databases, migrated to head and thrown away, and an empty data folder."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from twin.services.context import Context
from twin.services.database import migrate
from twin.settings import Settings

SERVER_OPTIONS = (
    "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "listen_addresses=",
    "-c", "max_connections=60", "-c", "shared_buffers=32MB", "-c", "autovacuum=off",
)  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty data folder."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, copied for each test."""
    folder = tmp_path_factory.mktemp("template")
    migrate(_settings(folder, ""))
    return folder / "plantwin.sqlite"


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[str]:
    """Socket folder of a throw-away PostgreSQL server with a migrated database `template_plantwin`."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = str(programs[-1]) if programs else shutil.which("initdb")
    if found is None:
        pytest.skip("initdb (Debian package postgresql) is absent")
    binaries, user = Path(found).parent, _server_user()
    folder = Path(tempfile.mkdtemp(prefix="plantwin-pg-"))
    if user is not None:
        shutil.chown(folder, user)
    initdb = [
        binaries / "initdb",
        "-D",
        folder / "data",
        "-U",
        "plantwin",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-locale",
        "-N",
    ]
    subprocess.run(initdb, user=user, cwd=folder, check=True, capture_output=True)
    with (folder / "log").open("wb") as log:
        command = [binaries / "postgres", "-D", folder / "data", "-k", folder, *SERVER_OPTIONS]
        server = subprocess.Popen(
            command, user=user, cwd=folder, stdout=log, stderr=log, env={**os.environ, "TZ": "UTC"}
        )
    try:
        _wait_for(folder)
        _execute(folder, "CREATE DATABASE template_plantwin")
        migrate(_settings(folder / "unused", _postgres_url(folder, "template_plantwin")))
        yield str(folder)
    finally:
        server.send_signal(signal.SIGQUIT)
        server.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, home: Path) -> Iterator[str]:
    """URL of a migrated, empty database of this test alone, on SQLite and then on PostgreSQL."""
    if request.param == "sqlite":
        shutil.copyfile(request.getfixturevalue("sqlite_template"), home / "plantwin.sqlite")
        yield f"sqlite:///{home / 'plantwin.sqlite'}"
        return
    folder = Path(request.getfixturevalue("postgres_cluster"))
    name = f"test_{time.monotonic_ns()}"
    _execute(folder, f"CREATE DATABASE {name} TEMPLATE template_plantwin STRATEGY FILE_COPY")
    yield _postgres_url(folder, name)
    _execute(folder, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def settings(home: Path, database_url: str) -> Settings:
    """Settings of an empty installation."""
    return _settings(home, "" if database_url.startswith("sqlite") else database_url)


@pytest.fixture
def context(settings: Settings) -> Iterator[Context]:
    """An empty, migrated installation, once on SQLite and once on PostgreSQL."""
    opened = Context.open(settings)
    yield opened
    opened.sessions.kw["bind"].dispose()


def _settings(home: Path, database_url: str) -> Settings:
    return Settings(home=home, database_url=database_url, jobs_url="", component_folders=[])


def _postgres_url(folder: Path, name: str) -> str:
    return f"postgresql+psycopg://plantwin@/{name}?host={folder}"


def _server_user() -> str | None:
    """PostgreSQL refuses to run as root: then it runs as its own user or as nobody."""
    if os.geteuid() != 0:
        return None
    known = subprocess.run(["id", "postgres"], capture_output=True, check=False).returncode == 0
    return "postgres" if known else "nobody"


def _execute(folder: Path, statement: str) -> None:
    with psycopg.connect(f"host={folder} user=plantwin dbname=postgres", autocommit=True) as connection:
        connection.execute(statement.encode())


def _wait_for(folder: Path) -> None:
    for _attempt in range(500):
        try:
            return _execute(folder, "SELECT 1")
        except psycopg.OperationalError:
            time.sleep(0.02)
    pytest.fail(f"PostgreSQL did not start: {(folder / 'log').read_text()}")
