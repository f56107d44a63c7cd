"""Readings: one compact table keyed (signal, time, version), read by range and pinned to a watermark.

A version above 1 is a correction; what was written stays. Every writing transaction first takes the plant's next
`received` time in table `feed`, which makes writers of one plant wait for each other: so a reader that has seen a
watermark never meets an older reading later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import BigInteger, Index, Integer, SmallInteger, String, UniqueConstraint, insert, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from twin.records.batch import TagSeries
from twin.store import reading_rows
from twin.store.base import Base

CORRECTED = text("version > 1")


class FeedRow(Base):
    """The newest `received` time of a plant, its watermark, and how many readings it has."""

    __tablename__ = "feed"

    plant: Mapped[str] = mapped_column(String, primary_key=True)
    received_us: Mapped[int] = mapped_column(BigInteger)
    readings: Mapped[int] = mapped_column(BigInteger)


class SignalRow(Base):
    """A tag of a plant as a short number, and the SI unit that its readings are stored in."""

    __tablename__ = "signal"
    __table_args__ = (UniqueConstraint("plant", "tag"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    plant: Mapped[str] = mapped_column(String)
    tag: Mapped[str] = mapped_column(String)
    unit: Mapped[str] = mapped_column(String)


class ReadingRow(Base):
    """A value of a signal at a time, as known from `received_us` on; value is null where nothing arrived."""

    __tablename__ = "reading"
    __table_args__ = (
        Index("ix_reading_corrected", "signal_id", "time_us", sqlite_where=CORRECTED, postgresql_where=CORRECTED),
        {"sqlite_with_rowid": False},
    )

    signal_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    time_us: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False, default=1)
    value: Mapped[float | None]
    quality: Mapped[int] = mapped_column(SmallInteger)
    received_us: Mapped[int] = mapped_column(BigInteger)


def begin_writing(session: Session, plant: str, now_us: int) -> int:
    """Wait for other writers of the plant; return the `received` time of what this transaction writes."""
    statement = text(
        "INSERT INTO feed (plant, received_us, readings) VALUES (:plant, :now, 0)"
        " ON CONFLICT (plant) DO UPDATE SET received_us ="
        " CASE WHEN feed.received_us >= excluded.received_us THEN feed.received_us + 1 ELSE excluded.received_us END"
        " RETURNING received_us"
    )
    return int(session.execute(statement, {"plant": plant, "now": now_us}).scalar_one())


def watermark_us(session: Session, plant: str) -> int:
    """The newest `received` time of a plant, 0 where nothing was ever received."""
    return feed(session, plant)[0]


def feed(session: Session, plant: str) -> tuple[int, int]:
    """Watermark and number of readings of a plant, zeros where nothing was ever received."""
    row = session.execute(select(FeedRow.received_us, FeedRow.readings).where(FeedRow.plant == plant)).first()
    return (row[0], row[1]) if row else (0, 0)


def add_to_count(session: Session, plant: str, new: int) -> None:
    """Count new readings; call inside `begin_writing`."""
    if new:
        session.execute(update(FeedRow).where(FeedRow.plant == plant).values(readings=FeedRow.readings + new))


def signals(session: Session, plant: str) -> dict[str, SignalRow]:
    """Every signal of a plant by tag."""
    rows = session.execute(select(SignalRow).where(SignalRow.plant == plant)).scalars()
    return {row.tag: row for row in rows}


def signal_ids(session: Session, plant: str, units: Mapping[str, str]) -> dict[str, int]:
    """Ids of tags, made where they are new; call inside `begin_writing`.

    Args:
        session: Open transaction.
        plant: Name of the plant.
        units: Tag → SI unit of its readings.
    """
    known = {tag: row.id for tag, row in signals(session, plant).items()}
    new = [{"plant": plant, "tag": tag, "unit": unit} for tag, unit in units.items() if tag not in known]
    if new:
        session.execute(insert(SignalRow), new)
        known = {tag: row.id for tag, row in signals(session, plant).items()}
    return {tag: known[tag] for tag in units}


def add_version(session: Session, signal_id: int, time_us: int, value: float, quality: int, received_us: int) -> int:
    """Write the next version of a reading; returns its version, 1 where the time was empty."""
    newest = session.execute(
        select(ReadingRow.version)
        .where(ReadingRow.signal_id == signal_id, ReadingRow.time_us == time_us)
        .order_by(ReadingRow.version.desc())
        .limit(1)
    ).scalar()
    version = (newest or 0) + 1
    stored = None if np.isnan(value) else value
    session.execute(
        insert(ReadingRow).values(
            signal_id=signal_id,
            time_us=time_us,
            version=version,
            value=stored,
            quality=quality,
            received_us=received_us,
        )
    )
    return version


def series(
    session: Session, plant: str, tags: Iterable[str], start_us: int, end_us: int, *, watermark: int | None = None
) -> tuple[TagSeries, ...]:
    """Readings of tags with start ≤ time < end, as known at a watermark; empty for a tag without any."""
    known = signals(session, plant)
    found = []
    for tag in tags:
        row = known.get(tag)
        table = reading_rows.fetch(session, row.id, start_us, end_us, watermark) if row else reading_rows.NOTHING
        found.append(_series(tag, table))
    return tuple(found)


def before(
    session: Session, plant: str, tags: Iterable[str], time_us: int, *, watermark: int | None = None
) -> tuple[TagSeries, ...]:
    """The last good reading of each tag before a time, as series of one or none."""
    good = select(ReadingRow.time_us).where(
        ReadingRow.signal_id == SignalRow.id,
        ReadingRow.time_us < time_us,
        ReadingRow.quality == 0,
        ReadingRow.received_us <= (watermark if watermark is not None else 2**62),
    )
    last = good.order_by(ReadingRow.time_us.desc()).limit(1).scalar_subquery()
    rows = session.execute(select(SignalRow.tag, SignalRow.id, last).where(SignalRow.plant == plant))
    known = {tag: (signal, time) for tag, signal, time in rows if time is not None}
    found = []
    for tag in tags:
        table = reading_rows.NOTHING
        if tag in known:
            signal, time = known[tag]
            table = reading_rows.fetch(session, signal, time, time + 1, watermark)
        found.append(_series(tag, table))
    return tuple(found)


def extent(session: Session, plant: str, tags: Iterable[str] | None = None) -> dict[str, tuple[int, int]]:
    """First and last time of every tag (of these) that has readings."""
    times = select(ReadingRow.time_us).where(ReadingRow.signal_id == SignalRow.id).limit(1)
    first, last = (times.order_by(at).scalar_subquery() for at in (ReadingRow.time_us, ReadingRow.time_us.desc()))
    rows = session.execute(select(SignalRow.tag, first, last).where(SignalRow.plant == plant))
    asked = None if tags is None else set(tags)
    return {tag: (begin, end) for tag, begin, end in rows if begin is not None and (asked is None or tag in asked)}


def newest(session: Session, signal_id: int, count: int) -> TagSeries:
    """The last readings of a signal, at most `count` of them."""
    query = select(ReadingRow.time_us).where(ReadingRow.signal_id == signal_id).order_by(ReadingRow.time_us.desc())
    times = session.execute(query.limit(count)).scalars().all()
    if not times:
        return _series("", reading_rows.NOTHING)
    return _series("", reading_rows.fetch(session, signal_id, times[-1], times[0] + 1, None))


def _series(tag: str, table: NDArray[np.void]) -> TagSeries:
    return TagSeries(tag, *reading_rows.latest_versions(table))
