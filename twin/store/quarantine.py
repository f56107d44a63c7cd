"""Rows that could not become readings: raw text, the reason, and what became of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sqlalchemy import BigInteger, Integer, LargeBinary, String, Text, UniqueConstraint, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from twin.records.batch import Rejected
from twin.store.base import Base

RAW = ("row", "tag", "time", "value", "unit", "detail", "time_us")


class QuarantineRow(Base):
    """One rejected row; `resolved_us` is set once a person corrected or dismissed it."""

    __tablename__ = "quarantine"
    __table_args__ = (UniqueConstraint("plant", "digest"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    plant: Mapped[str] = mapped_column(String)
    digest: Mapped[bytes] = mapped_column(LargeBinary(16))
    source: Mapped[str] = mapped_column(String)
    row: Mapped[int] = mapped_column(BigInteger)
    tag: Mapped[str] = mapped_column(String)
    time: Mapped[str] = mapped_column(Text)
    value: Mapped[str] = mapped_column(Text)
    unit: Mapped[str] = mapped_column(String)
    reason: Mapped[str] = mapped_column(String)
    detail: Mapped[str] = mapped_column(Text)
    time_us: Mapped[int | None] = mapped_column(BigInteger)
    received_us: Mapped[int] = mapped_column(BigInteger)
    resolved_us: Mapped[int | None] = mapped_column(BigInteger)
    resolution: Mapped[str | None] = mapped_column(String)


def put_aside(session: Session, plant: str, rejected: Iterable[Rejected], *, source: str, received_us: int) -> int:
    """Keep rejected rows; the same row told again is kept once. Returns how many were new."""
    rows = [
        {
            "plant": plant,
            "digest": digest(item),
            "source": source,
            **{name: getattr(item, name) for name in RAW},
            "reason": item.reason.value,
            "received_us": received_us,
        }
        for item in rejected
    ]
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    if not rows:
        return 0
    statement = insert(QuarantineRow).on_conflict_do_nothing().returning(QuarantineRow.id)
    return len(session.execute(statement, rows).all())


def digest(item: Rejected) -> bytes:
    """What makes a rejected row the same row: its signal, time, raw value and reason, wherever it was read."""
    time = item.time if item.time_us is None else str(item.time_us)
    text = "\x1f".join((item.tag, time, item.value, item.unit, item.reason.value))
    return hashlib.sha256(text.encode(errors="surrogatepass")).digest()[:16]


def listed(
    session: Session, plant: str, *, after: int = 0, limit: int = 100, resolved: bool = False
) -> tuple[QuarantineRow, ...]:
    """Rows of a plant in order of arrival, those still waiting or (`resolved`) all."""
    query = select(QuarantineRow).where(QuarantineRow.plant == plant, QuarantineRow.id > after)
    if not resolved:
        query = query.where(QuarantineRow.resolved_us.is_(None))
    return tuple(session.execute(query.order_by(QuarantineRow.id).limit(limit)).scalars())


def counts(session: Session, plant: str) -> dict[str, int]:
    """How many rows wait, by reason."""
    query = select(QuarantineRow.reason, func.count()).where(
        QuarantineRow.plant == plant, QuarantineRow.resolved_us.is_(None)
    )
    return {reason: count for reason, count in session.execute(query.group_by(QuarantineRow.reason))}


def find(session: Session, plant: str, row_id: int) -> QuarantineRow | None:
    """One row by its id."""
    row = session.get(QuarantineRow, row_id)
    return row if row is not None and row.plant == plant else None
