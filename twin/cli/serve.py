"""`twin serve`: API and dashboard in one process, with a background runner beside it if asked for."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
import uvicorn
from uvicorn.importer import import_from_string

from twin.cli.terminal import read_settings
from twin.services import access, dispatch, logs
from twin.services.database import migrate
from twin.settings import Settings

APP = "api.app:create_app"
DASHBOARD = "ui.app:mount"
"""Named, not imported: both rooms lie above this one."""
RESTART_AFTER_S = 2.0
GRACE_S = 5

Host = Annotated[str | None, typer.Option(help="Address to bind to; others than loopback need a login.")]
Port = Annotated[int | None, typer.Option(min=0, max=65535, help="Port to bind to.")]
WithWorker = Annotated[bool, typer.Option("--with-worker", help="Also start a background runner and keep it alive.")]
Dashboard = Annotated[bool, typer.Option(help="Serve the dashboard under /, or the API alone.")]


def register(app: typer.Typer) -> None:
    """Add the verb."""

    @app.command()
    def serve(
        host: Host = None, port: Port = None, with_worker: WithWorker = False, dashboard: Dashboard = True
    ) -> None:
        """Serve API (/api/v1) and dashboard (/) until Ctrl-C; long work needs a background runner."""
        given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
        settings = read_settings().model_copy(update=given)
        access.check_exposure(settings)
        logs.configure()
        migrate(settings)
        dispatch.prepare(settings)
        with until_signal(), runner_beside(settings, wanted=with_worker):
            run(settings, dashboard=dashboard)


def run(settings: Settings, *, dashboard: bool) -> None:
    """Serve until a signal."""
    app = import_from_string(APP)(settings)
    if dashboard:
        import_from_string(DASHBOARD)(app)
    sys.stderr.write(f"Plantwin listens on http://{settings.host}:{settings.port} (Ctrl-C ends it)\n")
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_S,
    )
    uvicorn.Server(config).run()


@contextmanager
def until_signal() -> Iterator[None]:
    """Let Ctrl-C and SIGTERM end the block quietly; uvicorn sends itself the signal again once it has shut down."""
    before = {number: signal.signal(number, _leave) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    except _Left:
        pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def runner_beside(settings: Settings, *, wanted: bool) -> Iterator[None]:
    """If wanted, a background runner as a child process, started again when it dies, ended with the server."""
    ending = threading.Event()
    supervisor = threading.Thread(target=_supervise, args=(settings, ending), name="supervisor")
    if wanted:
        supervisor.start()
    try:
        yield
    finally:
        ending.set()
        if wanted:
            supervisor.join()


class _Left(BaseException):
    """A signal asked the server to end."""


def _leave(_number: int, _frame: object) -> None:
    raise _Left


def _supervise(settings: Settings, ending: threading.Event) -> None:
    command = [sys.executable, "-m", "twin.worker", "--supervised-by", str(os.getpid())]
    while not ending.is_set():
        child = subprocess.Popen(command, env=runner_environment(settings), start_new_session=True)
        while child.poll() is None and not ending.wait(0.2):
            pass
        if child.poll() is None:
            child.terminate()
            child.wait()
        else:
            sys.stderr.write(f"The background runner ended with {child.returncode}; starting it again.\n")
            ending.wait(RESTART_AFTER_S)


def runner_environment(settings: Settings) -> dict[str, str]:
    """The variables that give a child process the same settings."""
    own = {
        "TWIN_HOME": str(settings.home),
        "TWIN_DATABASE_URL": settings.database_url,
        "TWIN_JOBS_URL": settings.jobs_url,
        "TWIN_NIGHTLY_HOUR": str(settings.nightly_hour),
    }
    return {**os.environ, **own}
