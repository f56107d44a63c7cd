"""The app on an empty installation, and a small plant for it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import httpx
import pytest
from pydantic import SecretStr

from api.app import create_app
from twin.services import dispatch, logs
from twin.services.context import Context
from twin.services.database import migrate
from twin.settings import Settings

PLANT = """\
# an oven loses heat to its hall
plant: oven
site: {name: Hall 2, time_zone: Europe/Berlin}
assets:
  - {id: oven, type: heat_capacity, parameters: {heat_capacity_j_per_k: {prior: 5000.0, sd: 1000.0}}}
  - {id: wall, type: conductance}
  - {id: hall, type: ambient}
connections:
  - [oven.heat, wall.a]
  - [wall.b, hall.heat]
sensors:
  - {tag: TT-1, measures: oven.heat.temperature_k, unit: degC, noise_sd: 0.1}
"""
YAML = {"Content-Type": "application/yaml"}
PASSWORD = "correct horse battery"
SECRET = "0123456789abcdef0123456789abcdef"


@pytest.fixture(autouse=True, scope="session")
def _log() -> None:
    logs.configure()


def closed(settings: Settings) -> Settings:
    """The same installation, served to others behind a login."""
    login = {"host": "0.0.0.0", "admin_password": SecretStr(PASSWORD), "secret_key": SecretStr(SECRET)}
    return settings.model_copy(update=login)


class Program:
    """A program on this machine that talks to the app; keeps cookies as a browser would."""

    def __init__(self, settings: Settings, base_url: str = "http://127.0.0.1:8050") -> None:
        self.app, self.base_url = create_app(settings), base_url
        self.cookies = httpx.Cookies()
        self.context: Context = self.app.state.context

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.sessions.kw["bind"].dispose()

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        """One request; a path without "/" is under /api/v1."""
        return asyncio.run(self.visit(method, path, **options))

    async def visit(self, method: str, path: str, **options: Any) -> httpx.Response:
        """The same, for programs that do several things at once."""
        path = path if path.startswith("/") else f"/api/v1/{path}"
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=self.base_url, cookies=self.cookies) as http:
            answer = await http.request(method, path, **options)
            self.cookies = http.cookies
        return answer

    def get(self, path: str, **options: Any) -> httpx.Response:
        """A GET."""
        return self.request("GET", path, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:
        """A POST."""
        return self.request("POST", path, **options)


@pytest.fixture
def lite(home: Path, sqlite_template: Path) -> Settings:
    """An empty installation on SQLite, with its job queue."""
    (home / "plantwin.sqlite").write_bytes(sqlite_template.read_bytes())
    settings = Settings(home=home, database_url="", jobs_url="", admin_password=None, secret_key=None)
    migrate(settings)
    dispatch.prepare(settings)
    return settings


@pytest.fixture
def program(settings: Settings) -> Iterator[Program]:
    """A program at the open app, on SQLite and on PostgreSQL."""
    with Program(settings) as found:
        yield found


@pytest.fixture
def oven(lite: Settings) -> Iterator[Program]:
    """A program at the open app with the plant `oven`."""
    with Program(lite) as found:
        assert found.post("plants", content=PLANT, headers=YAML).status_code == 201
        yield found
