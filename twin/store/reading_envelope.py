"""A long course of readings as lowest and highest values of equal spans of time, found inside the database."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import text
from sqlalchemy.orm import Session

from twin.records.reading import Quality
from twin.store import reading_rows

Envelope = tuple[NDArray[np.int64], NDArray[np.float64], bool]

LATER = (
    " AND NOT EXISTS (SELECT 1 FROM reading n WHERE n.signal_id = r.signal_id AND n.time_us = r.time_us"
    " AND n.version > r.version AND n.received_us <= :known)"
)
HERE = "r.signal_id = :signal AND r.received_us <= :known"
GOOD = f" AND r.value IS NOT NULL AND r.quality < {int(Quality.BAD)}"
EXTREMES = "SELECT min(r.time_us), max(r.time_us), min(r.value), max(r.value) FROM reading r WHERE"


def envelope(
    session: Session, signal_id: int, start_us: int, end_us: int, max_points: int, watermark: int | None
) -> Envelope:
    """Times, values, and whether they were thinned.

    Few readings come back as they are. Of many, each span of time gives its lowest value at the time of its first
    reading and its highest at that of its last: right to within one span, as a picture needs.
    """
    where = {"signal": signal_id, "known": 2**62 if watermark is None else watermark}
    if not _is_long(session, where, start_us, end_us, max_points):
        table = reading_rows.fetch(session, signal_id, start_us, end_us, watermark)
        times, values, _quality = reading_rows.latest_versions(table)
        return times, values, False
    condition = HERE + GOOD + (LATER if _is_corrected(session, where, start_us, end_us) else "")
    spans = max_points // 2
    width_us = -(-(end_us - start_us) // spans)
    postgresql = session.get_bind().dialect.name == "postgresql"
    gather = _grouped if postgresql else _one_by_one
    rows = np.array(gather(session, where, condition, start_us, end_us, width_us), dtype=object).reshape(-1, 4)
    return rows[:, :2].astype(np.int64).ravel(), rows[:, 2:].astype(np.float64).ravel(), True


def _is_long(session: Session, where: dict[str, int], start_us: int, end_us: int, max_points: int) -> bool:
    query = text(
        f"SELECT 1 FROM reading r WHERE {HERE} AND r.time_us >= :start AND r.time_us < :end"
        " ORDER BY r.time_us LIMIT 1 OFFSET :points"
    )
    values = {**where, "start": start_us, "end": end_us, "points": max_points}
    return session.execute(query, values).first() is not None


def _is_corrected(session: Session, where: dict[str, int], start_us: int, end_us: int) -> bool:
    query = text(
        "SELECT 1 FROM reading WHERE version > 1 AND signal_id = :signal"
        " AND time_us >= :start AND time_us < :end LIMIT 1"
    )
    return session.execute(query, {**where, "start": start_us, "end": end_us}).first() is not None


def _one_by_one(
    session: Session, where: dict[str, int], condition: str, start_us: int, end_us: int, width_us: int
) -> list[tuple[int, int, float, float]]:
    """SQLite sorts to group, so each span is a range query of its own."""
    query = text(f"{EXTREMES} {condition} AND r.time_us >= :low AND r.time_us < :high")
    found = []
    for low in range(start_us, end_us, width_us):
        row = session.execute(query, {**where, "low": low, "high": min(low + width_us, end_us)}).one()
        if row[0] is not None:
            found.append(tuple(row))
    return found


def _grouped(
    session: Session, where: dict[str, int], condition: str, start_us: int, end_us: int, width_us: int
) -> list[tuple[int, int, float, float]]:
    query = text(
        f"{EXTREMES} {condition} AND r.time_us >= :low AND r.time_us < :high"
        " GROUP BY (r.time_us - :low) / :width ORDER BY 1"
    )
    rows = session.execute(query, {**where, "low": start_us, "high": end_us, "width": width_us})
    return [tuple(row) for row in rows]
