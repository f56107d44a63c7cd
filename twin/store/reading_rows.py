"""Many rows of table `reading` between arrays and the database: the two databases' fastest ways."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from twin.store import copy_format

FETCHED = np.dtype([("time_us", "<i8"), ("value", "<f8"), ("quality", "<i2")])
NOTHING = np.empty(0, FETCHED)

SAME_VALUE_RATIO = 1e-9
"""Values closer than this, relative, are the same reading told twice (in another unit, say)."""

COPIED_IN = {
    "position": ">i4", "signal_id": ">i4", "time_us": ">i8", "value": ">f8", "quality": ">i2",
}  # fmt: skip
COPIED_STRAIGHT = {
    "signal_id": ">i4", "time_us": ">i8", "version": ">i2", "value": ">f8", "quality": ">i2", "received_us": ">i8",
}  # fmt: skip
COPIED_OUT = {"time_us": ">i8", "value": ">f8", "quality": ">i2"}

COLUMNS = "(signal_id, time_us, version, value, quality, received_us)"
STAGING = "(position integer, signal_id integer, time_us bigint, value double precision, quality smallint)"
RANGE = "FROM reading WHERE signal_id = {signal} AND time_us >= {start} AND time_us < {end} AND received_us <= {known}"

OCCUPIED = """
SELECT EXISTS (SELECT 1 FROM unnest(%s::integer[], %s::bigint[], %s::bigint[]) AS s(id, low, high), LATERAL (
  SELECT 1 FROM reading r WHERE r.signal_id = s.id AND r.time_us BETWEEN s.low AND s.high LIMIT 1) AS hit)"""

CONFLICTS = f"""
SELECT s.position, (SELECT r.value FROM reading r WHERE r.signal_id = s.signal_id AND r.time_us = s.time_us
                    ORDER BY r.version DESC LIMIT 1)
FROM reading_staging s WHERE NOT EXISTS (
  SELECT 1 FROM reading r WHERE r.signal_id = s.signal_id AND r.time_us = s.time_us AND r.quality = s.quality
  AND (r.value = s.value OR (r.value IS NULL AND s.value IS NULL)
       OR abs(r.value - s.value) <= {SAME_VALUE_RATIO} * abs(s.value)))
ORDER BY s.position"""

Columns = Mapping[str, NDArray[Any]]
Stored = tuple[int, list[tuple[int, float | None]]]


def store(
    session: Session,
    signal_id: NDArray[np.int32],
    times_us: NDArray[np.int64],
    values: NDArray[np.float64],
    quality: NDArray[np.uint8],
    received_us: int,
) -> Stored:
    """Insert readings that are new; what is already there with the same value is passed over.

    The caller holds the plant's `begin_writing`, so nobody else writes these signals meanwhile.

    Args: signal_id, times_us, values, quality: one reading each, shape [N]; of equal keys the first wins. received_us.
    Returns: How many were new, and for each reading that contradicts a stored one its position and the stored value.
    """
    if len(signal_id) == 0:
        return 0, []
    order = np.lexsort((times_us, signal_id))
    columns: dict[str, NDArray[Any]] = {
        "position": order,
        "signal_id": signal_id[order],
        "time_us": times_us[order],
        "value": values[order],
        "quality": quality[order],
    }
    driver: Any = session.connection().connection.driver_connection
    put = _put_postgresql if session.get_bind().dialect.name == "postgresql" else _put_sqlite
    return put(driver, columns, received_us)


def _put_sqlite(driver: Any, columns: Columns, received_us: int) -> Stored:
    lists = [column.tolist() for column in columns.values()]
    sql = f"INSERT OR IGNORE INTO reading {COLUMNS} VALUES (?, ?, 1, ?, ?, ?)"
    new = driver.executemany(sql, zip(*lists[1:], repeat(received_us), strict=False)).rowcount
    if new == len(lists[0]):
        return new, []
    driver.execute(f"CREATE TEMP TABLE IF NOT EXISTS reading_staging {STAGING}")
    driver.execute("DELETE FROM reading_staging")
    driver.executemany("INSERT INTO reading_staging VALUES (?, ?, ?, ?, ?)", zip(*lists, strict=True))
    return new, driver.execute(CONFLICTS).fetchall()


def _put_postgresql(driver: Any, columns: Columns, received_us: int) -> Stored:
    """Straight in where the signals' times are still empty, else by way of a staging table."""
    with driver.cursor() as cursor:
        if not _meets_any(cursor, columns):
            _copy(cursor, f"reading {COLUMNS}", _straight(columns, received_us))
            return len(columns["position"]), []
        cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS reading_staging {STAGING} ON COMMIT DELETE ROWS")
        cursor.execute("TRUNCATE reading_staging")
        _copy(cursor, "reading_staging", _with_nulls(columns, COPIED_IN))
        cursor.execute(
            f"INSERT INTO reading {COLUMNS} SELECT signal_id, time_us, 1, value, quality, %s"
            " FROM reading_staging ON CONFLICT DO NOTHING",
            (received_us,),
        )
        new = cursor.rowcount
        return new, ([] if new == len(columns["position"]) else cursor.execute(CONFLICTS).fetchall())


def _meets_any(cursor: Any, columns: Columns) -> bool:
    """Whether a reading could be there already, or twice in these columns."""
    signal_id, times = columns["signal_id"], columns["time_us"]
    if np.any((np.diff(signal_id) == 0) & (np.diff(times) == 0)):
        return True
    first = np.flatnonzero(np.diff(signal_id, prepend=-1))
    last = np.append(first[1:], len(times)) - 1
    cursor.execute("SET LOCAL enable_seqscan = off")
    cursor.execute(OCCUPIED, (signal_id[first].tolist(), times[first].tolist(), times[last].tolist()))
    return bool(cursor.fetchone()[0])


def _straight(columns: Columns, received_us: int) -> bytes:
    count = len(columns["position"])
    whole = {**columns, "version": np.ones(count, np.int16), "received_us": np.full(count, received_us)}
    return _with_nulls(whole, COPIED_STRAIGHT)


def _with_nulls(columns: Columns, kinds: Mapping[str, str]) -> bytes:
    """Rows for COPY, NaN as null."""
    missing = np.isnan(columns["value"])
    if not missing.any():
        return copy_format.to_bytes(columns, kinds)
    there = {name: column[~missing] for name, column in columns.items()}
    absent = {name: column[missing] for name, column in columns.items()}
    return copy_format.to_bytes(there, kinds) + copy_format.to_bytes(absent, {**kinds, "value": ""})


def _copy(cursor: Any, target: str, rows: bytes) -> None:
    with cursor.copy(f"COPY {target} FROM STDIN (FORMAT BINARY)") as copy:
        copy.write(copy_format.HEADER + rows + copy_format.TRAILER)


def fetch(session: Session, signal_id: int, start_us: int, end_us: int, watermark: int | None) -> NDArray[np.void]:
    """Every version of one signal's readings in a range, in order of time and version; infinity for null."""
    known = 2**62 if watermark is None else watermark
    where = RANGE.format(signal=int(signal_id), start=int(start_us), end=int(end_us), known=int(known))
    driver: Any = session.connection().connection.driver_connection
    if session.get_bind().dialect.name == "postgresql":
        return _fetch_postgresql(driver, where)
    cursor = driver.execute(f"SELECT time_us, coalesce(value, 9e999), quality {where} ORDER BY time_us, version")
    return np.fromiter(cursor, FETCHED)


def latest_versions(table: NDArray[np.void]) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.uint8]]:
    """Times, values (NaN for null) and quality of the newest version of each time, from rows as fetched."""
    times = table["time_us"].astype(np.int64)
    newest = np.append(times[1:] != times[:-1], True) if len(times) else np.zeros(0, bool)
    values = table["value"].astype(np.float64)[newest]
    values[np.isinf(values)] = np.nan
    return times[newest], values, table["quality"].astype(np.uint8)[newest]


def _fetch_postgresql(driver: Any, where: str) -> NDArray[np.void]:
    query = f"SELECT time_us, coalesce(value, 'Infinity'), quality {where} ORDER BY time_us, version"
    with driver.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT BINARY)") as copy:
        return copy_format.from_bytes(b"".join(copy), COPIED_OUT)
