"""Brings the database to the newest schema, whoever else tries the same at the same time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

import migrations
from twin.errors import NotReady
from twin.settings import Settings
from twin.store.base import open_engine

ADVISORY_LOCK = 7_068_417_001
"""Any number that nobody else on the database server uses for an advisory lock."""


def migrate(settings: Settings) -> None:
    """Bring the database to the newest schema; cheap when it is there already.

    Raises: NotReady, when the database was written by a newer version of this program.
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.sqlalchemy_url)
    try:
        upgrade(engine)
    finally:
        engine.dispose()


def upgrade(engine: Engine, *, revision: str = "head") -> None:
    """Run the migrations that are missing, one process at a time."""
    with engine.connect() as connection:
        if revision == "head" and _is_newest(connection):
            return
    with _alone(engine), engine.connect() as connection:
        if revision != "head" or not _is_newest(connection):
            command.upgrade(config(connection), revision)
            connection.commit()


def downgrade(engine: Engine, *, revision: str = "base") -> None:
    """Take migrations back."""
    with _alone(engine), engine.connect() as connection:
        command.downgrade(config(connection), revision)
        connection.commit()


def schema_of(engine: Engine) -> str | None:
    """Name of the schema version that a database is at, None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, with the connection that it shall use."""
    settings = Config()
    settings.set_main_option("script_location", next(iter(migrations.__path__)))
    settings.attributes["connection"] = connection
    return settings


def _is_newest(connection: Connection) -> bool:
    scripts = ScriptDirectory.from_config(config())
    present = MigrationContext.configure(connection).get_current_revision()
    connection.rollback()
    if present is not None and present not in {script.revision for script in scripts.walk_revisions()}:
        raise NotReady(f"The database is at schema {present}, which this version does not know. Update the program.")
    head = scripts.get_current_head()
    assert head is not None, f"no migrations in {scripts.dir}"
    return present == head


@contextmanager
def _alone(engine: Engine) -> Iterator[None]:
    """Hold the lock that lets one process migrate: a lock file beside SQLite, an advisory lock on PostgreSQL."""
    if engine.dialect.name == "sqlite":
        handle = os.open(f"{engine.url.database}.migrate.lock", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": ADVISORY_LOCK})
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": ADVISORY_LOCK})
