"""Copies a whole database, consistent while others write, and puts such a copy back."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Table, func, inspect, select, text

from twin.store.tables import all_tables

CHUNK_BYTES = 1 << 20

Told = Callable[[float, str], None]


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy a SQLite file in one read transaction: writers go on, the copy is of one moment."""
    with closing(sqlite3.connect(source, timeout=30)) as reading, closing(sqlite3.connect(target)) as writing:
        reading.backup(writing)
        writing.execute("PRAGMA journal_mode=DELETE")


def check_sqlite(file: Path) -> str:
    """What SQLite itself says of a file's soundness: "ok", or the first fault."""
    try:
        with closing(sqlite3.connect(file)) as connection:
            return str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.DatabaseError as error:
        return str(error)


def in_use(file: Path) -> bool:
    """Whether another process has this SQLite file open: leaving the WAL mode needs it alone."""
    if not file.exists():
        return False
    with closing(sqlite3.connect(file, timeout=0)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE").fetchone()
        except sqlite3.OperationalError:
            return True
    return False


def copy_postgres(engine: Engine, folder: Path, told: Told) -> dict[str, list[str]]:
    """Write every table as one COPY text file, all seen at one moment.

    Returns: Columns of each table, in the order of its file.
    """
    tables = _present(engine)
    columns = {table.name: [column.name for column in table.columns] for table in tables}
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        driver: Any = connection.connection.driver_connection
        for done, table in enumerate(tables):
            told(done / len(tables), table.name)
            with driver.cursor() as cursor, (folder / f"{table.name}.copy").open("wb") as file:
                names = _names(columns[table.name])
                with cursor.copy(f'COPY "{table.name}" ({names}) TO STDOUT') as rows:
                    for block in rows:
                        file.write(block)
        connection.rollback()
    return columns


def load_postgres(engine: Engine, folder: Path, columns: dict[str, list[str]], told: Told) -> None:
    """Replace the content of every table by that of its file, all in one transaction."""
    tables = [table for table in _present(engine) if table.name in columns]
    with engine.begin() as connection:
        everything = _names([table.name for table in _present(engine)])
        connection.execute(text(f"TRUNCATE {everything} CASCADE"))
        driver: Any = connection.connection.driver_connection
        for done, table in enumerate(tables):
            told(done / len(tables), table.name)
            command = f'COPY "{table.name}" ({_names(columns[table.name])}) FROM STDIN'
            with driver.cursor() as cursor, (folder / f"{table.name}.copy").open("rb") as file:
                with cursor.copy(command) as rows:
                    shutil.copyfileobj(file, rows, CHUNK_BYTES)
        for table in tables:
            _move_sequence(connection, table)


def is_empty(engine: Engine) -> bool:
    """Whether no table holds a row, or none exists."""
    with engine.connect() as connection:
        return all(
            connection.execute(select(1).select_from(table).limit(1)).first() is None for table in _present(engine)
        )


def _present(engine: Engine) -> list[Table]:
    """Our tables that the database has, parents before children."""
    names = set(inspect(engine).get_table_names())
    return [table for table in all_tables().sorted_tables if table.name in names]


def _move_sequence(connection: Any, table: Table) -> None:
    """Let numbers that the database gives go on after the greatest one loaded."""
    column = table.autoincrement_column
    if column is None:
        return
    sequence = connection.scalar(select(func.pg_get_serial_sequence(f'"{table.name}"', column.name)))
    if sequence is not None:
        newest = select(func.coalesce(func.max(column), 0) + 1).scalar_subquery()
        connection.execute(select(func.setval(sequence, newest, False)))


def _names(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
