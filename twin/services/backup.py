"""Use cases: a consistent copy of everything while the plant runs, and putting one back."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from twin.errors import Conflict, Fault, InvalidInput
from twin.services import archive
from twin.services.context import Context, Progress, silent
from twin.services.database import downgrade, migrate, schema_of, upgrade
from twin.settings import Settings
from twin.store import snapshot
from twin.store.base import open_engine

FORMAT = 1
DATABASES = ("plantwin.sqlite", "jobs.sqlite")
NOT_KEPT = (".sqlite", ".sqlite-wal", ".sqlite-shm", ".sqlite-journal", ".lock", ".partial")
"""Endings of files that a backup leaves out: databases are copied on their own, locks and halves mean nothing later."""


def backup(context: Context, target: Path, *, force: bool = False, progress: Progress = silent) -> dict[str, Any]:
    """Write the database and all artefacts of this moment into one `.tar.zst`; nothing needs to stop.

    The database is copied first: what it names is on disk by then and never changes. With PostgreSQL the job queue's
    own tables stay out: after a restore, jobs that were under way are started anew.
    Returns: The manifest, with the SHA-256 of every member.
    Raises: Conflict, when the file exists and `force` is not given.
    """
    if target.exists() and not force:
        raise Conflict(f"{target}: exists already. Choose a name, or give --force.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with _folder_beside(target) as folder:
        facts = _copy_database(context, folder / "database", _share(progress, 0.0, 0.5))
        members = {f"database/{path.name}": path for path in sorted((folder / "database").iterdir())}
        members |= {
            f"files/{path.relative_to(context.home).as_posix()}": path for path in _artefacts(context.home, target)
        }
        manifest = archive.write(target, members, facts, _share(progress, 0.5, 1.0))
    progress(1.0, "done")
    return manifest


def restore(settings: Settings, source: Path, *, force: bool = False, progress: Progress = silent) -> dict[str, Any]:
    """Put a backup back; what is there is replaced only with `force`, and only once the backup proved whole.

    Returns: The manifest.
    Raises: InvalidInput, when the backup is damaged or of another kind of database; Conflict, when data is there
    already or a server or worker still has it open.
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.sqlalchemy_url)
    try:
        _require_free(settings, engine, force=force)
        with _folder_beside(settings.home) as folder:
            manifest = archive.read(source, folder, _share(progress, 0.0, 0.5))
            _check_kind(source, manifest, engine)
            _put_database(settings, engine, folder / "database", manifest, _share(progress, 0.5, 0.9))
            if (folder / "files").is_dir():
                shutil.copytree(folder / "files", settings.home, dirs_exist_ok=True)
    finally:
        engine.dispose()
    migrate(settings)
    progress(1.0, "done")
    return manifest


def verify(source: Path, *, progress: Progress = silent) -> dict[str, Any]:
    """Check a backup against its manifest without unpacking it.

    Raises: InvalidInput, with every damaged, missing or foreign member.
    """
    return archive.read(source, None, progress)


def _copy_database(context: Context, folder: Path, progress: Progress) -> dict[str, Any]:
    folder.mkdir()
    engine: Engine = context.sessions.kw["bind"]
    facts: dict[str, Any] = {
        "format": FORMAT,
        "program": version("plantwin"),
        "created_us": int(context.clock().timestamp() * 1_000_000),
        "database": engine.dialect.name,
        "schema": schema_of(engine),
    }
    if engine.dialect.name != "sqlite":
        return {**facts, "columns": snapshot.copy_postgres(engine, folder, progress)}
    progress(0.0, "database")
    for source, name in zip(_sqlite_files(context.settings), DATABASES, strict=True):
        if source is not None and source.exists():
            snapshot.copy_sqlite(source, folder / name)
    return facts


def _sqlite_files(settings: Settings) -> tuple[Path | None, Path | None]:
    """The database's file and the job queue's, None where it is no SQLite file."""
    found = []
    for url in (settings.sqlalchemy_url, settings.dbos_url):
        found.append(Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else None)
    return found[0], found[1]


def _artefacts(home: Path, target: Path) -> list[Path]:
    inside = (path for path in sorted(home.rglob("*")) if path.is_file() and not path.is_symlink())
    return [path for path in inside if not path.name.endswith(NOT_KEPT) and path.resolve() != target.resolve()]


def _require_free(settings: Settings, engine: Engine, *, force: bool) -> None:
    if not force and not snapshot.is_empty(engine):
        raise Conflict("There is data already. Choose another TWIN_HOME or database, or give --force to replace it.")
    engine.dispose()
    for file in _sqlite_files(settings):
        if file is not None and snapshot.in_use(file):
            raise Conflict(f"{file}: a server or worker has it open. Stop them, then restore.")


def _check_kind(source: Path, manifest: dict[str, Any], engine: Engine) -> None:
    if manifest.get("format") != FORMAT:
        fault = Fault(str(source), f"format {manifest.get('format')}", f"format {FORMAT}", "Update the program.")
        raise InvalidInput([fault])
    if manifest["database"] != engine.dialect.name:
        step = "Set TWIN_DATABASE_URL to a database of that kind."
        raise InvalidInput(
            [Fault(str(source), f"a {manifest['database']} backup", f"one of {engine.dialect.name}", step)]
        )


def _put_database(
    settings: Settings, engine: Engine, folder: Path, manifest: dict[str, Any], progress: Progress
) -> None:
    if engine.dialect.name != "sqlite":
        if schema_of(engine) != manifest["schema"]:
            downgrade(engine)
            upgrade(engine, revision=manifest["schema"])
        snapshot.load_postgres(engine, folder, manifest["columns"], progress)
        return
    for target, name in zip(_sqlite_files(settings), DATABASES, strict=True):
        copied = folder / name
        if target is None or not copied.exists():
            continue
        sound = snapshot.check_sqlite(copied)
        if sound != "ok":
            raise InvalidInput([Fault(name, sound, "a sound database", "Use another backup.")])
        for ending in ("-wal", "-shm"):
            Path(f"{target}{ending}").unlink(missing_ok=True)
        shutil.copyfile(copied, f"{target}.partial")
        os.replace(f"{target}.partial", target)


@contextmanager
def _folder_beside(place: Path) -> Iterator[Path]:
    """A folder for work on the same disk, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix=".plantwin-", dir=place.resolve().parent) as name:
        yield Path(name)


def _share(progress: Progress, low: float, high: float) -> Progress:
    """The part of a progress from `low` to `high`."""
    return lambda share, text: progress(low + (high - low) * share, text)
