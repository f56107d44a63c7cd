"""Many rows of table `reading` between numpy and the database: the two databases' fastest ways."""

from __future__ import annotations

from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

FETCHED = np.dtype([("time_us", "<i8"), ("value", "<f8"), ("quality", "<i2")])
NOTHING = np.empty(0, FETCHED)

SAME_VALUE_RATIO = 1e-9
"""Values closer than this, relative, are the same reading told twice (in another unit, say)."""

COPY_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
COPY_TRAILER = b"\xff\xff"
COPIED_IN = np.dtype(
    [("fields", ">i2"), ("l0", ">i4"), ("position", ">i4"), ("l1", ">i4"), ("signal_id", ">i4"), ("l2", ">i4"),
     ("time_us", ">i8"), ("l3", ">i4"), ("value", ">f8"), ("l4", ">i4"), ("quality", ">i2")]
)  # fmt: skip
COPIED_OUT = np.dtype(
    [
        ("fields", ">i2"),
        ("l0", ">i4"),
        ("time_us", ">i8"),
        ("l1", ">i4"),
        ("value", ">f8"),
        ("l2", ">i4"),
        ("quality", ">i2"),
    ]
)

RANGE = "FROM reading WHERE signal_id = {signal} AND time_us >= {start} AND time_us < {end} AND received_us <= {known}"

COLUMNS = "(signal_id, time_us, version, value, quality, received_us)"

STAGING = "(position integer, signal_id integer, time_us bigint, value double precision, quality smallint)"

CONFLICTS = f"""
SELECT s.position, (SELECT r.value FROM reading r WHERE r.signal_id = s.signal_id AND r.time_us = s.time_us
                    ORDER BY r.version DESC LIMIT 1)
FROM reading_staging s WHERE NOT EXISTS (
  SELECT 1 FROM reading r WHERE r.signal_id = s.signal_id AND r.time_us = s.time_us AND r.quality = s.quality
  AND (r.value = s.value OR (r.value IS NULL AND s.value IS NULL)
       OR abs(r.value - s.value) <= {SAME_VALUE_RATIO} * abs(s.value)))
ORDER BY s.position"""


def store(
    session: Session,
    signal_id: NDArray[np.int32],
    times_us: NDArray[np.int64],
    values: NDArray[np.float64],
    quality: NDArray[np.uint8],
    received_us: int,
) -> tuple[int, list[tuple[int, float | None]]]:
    """Insert readings that are new; what is already there with the same value is passed over.

    Args: signal_id, times_us, values, quality: one reading each, shape [N]; of equal keys the first wins. received_us.
    Returns: How many were new, and for each reading that contradicts a stored one its position and the stored value.
    """
    order = np.lexsort((times_us, signal_id))
    columns = (order.astype(np.int32), signal_id[order], times_us[order], values[order], quality[order])
    if len(order) == 0:
        return 0, []
    driver = session.connection().connection.driver_connection
    put = _put_postgresql if session.get_bind().dialect.name == "postgresql" else _put_sqlite
    return put(driver, columns, received_us)


def _put_sqlite(driver: Any, columns: tuple[NDArray[Any], ...], received_us: int) -> tuple[int, list[tuple[int, Any]]]:
    lists = [column.tolist() for column in columns]
    sql = f"INSERT OR IGNORE INTO reading {COLUMNS} VALUES (?, ?, 1, ?, ?, ?)"
    new = driver.executemany(sql, zip(*lists[1:], repeat(received_us), strict=False)).rowcount
    if new == len(lists[0]):
        return new, []
    driver.execute(f"CREATE TEMP TABLE IF NOT EXISTS reading_staging {STAGING}")
    driver.execute("DELETE FROM reading_staging")
    driver.executemany("INSERT INTO reading_staging VALUES (?, ?, ?, ?, ?)", zip(*lists, strict=True))
    return new, driver.execute(CONFLICTS).fetchall()


def _put_postgresql(
    driver: Any, columns: tuple[NDArray[Any], ...], received_us: int
) -> tuple[int, list[tuple[int, Any]]]:
    with driver.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS reading_staging {STAGING} ON COMMIT DELETE ROWS")
        cursor.execute("TRUNCATE reading_staging")
        with cursor.copy("COPY reading_staging FROM STDIN (FORMAT BINARY)") as copy:
            copy.write(copy_buffer(*columns))
        cursor.execute(
            f"INSERT INTO reading {COLUMNS} SELECT signal_id, time_us, 1, NULLIF(value, 'NaN'), quality, %s"
            " FROM reading_staging ON CONFLICT DO NOTHING",
            (received_us,),
        )
        new = cursor.rowcount
        if new == len(columns[0]):
            return new, []
        cursor.execute("UPDATE reading_staging SET value = NULL WHERE value = 'NaN'")
        return new, cursor.execute(CONFLICTS).fetchall()


def copy_buffer(
    position: NDArray[Any], signal_id: NDArray[Any], times_us: NDArray[Any], values: NDArray[Any], quality: NDArray[Any]
) -> bytes:
    """Rows in PostgreSQL's binary COPY form (manual, SQL COPY, "Binary Format"), shape [N] each."""
    rows = np.empty(len(position), COPIED_IN)
    rows["fields"] = 5
    for length, width in (("l0", 4), ("l1", 4), ("l2", 8), ("l3", 8), ("l4", 2)):
        rows[length] = width
    rows["position"], rows["signal_id"], rows["time_us"] = position, signal_id, times_us
    rows["value"], rows["quality"] = values, quality
    return COPY_HEADER + rows.tobytes() + COPY_TRAILER


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
        data = b"".join(copy)
    rows = np.frombuffer(data, COPIED_OUT, offset=len(COPY_HEADER), count=(len(data) - 21) // COPIED_OUT.itemsize)
    found = np.empty(len(rows), FETCHED)
    for name in FETCHED.names or ():
        found[name] = rows[name]
    return found
